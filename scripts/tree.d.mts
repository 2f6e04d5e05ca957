export declare function projectFiles(root: string): string[];
