export interface Example {
  page: string;
  line: number;
  language: string;
  code: string;
  run?: string;
  unrun?: string;
}
export declare function docPages(): string[];
export declare function allExamples(): Example[];
export declare function examples(name: string, ...languages: string[]): Example[];
