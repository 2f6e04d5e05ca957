import { copyText, fileName, giveCsv, saveFile } from '../internal/hand-out.ts';
import type { FunnelWords } from '../locale/index.ts';

/** What gives a funnel away: as text, picture and link. */
interface Giving {
  requestUpdate(): void;
  toCSV(): string;
  toSVG(): Promise<string>;
  toLink(): string;
}

/** How long it is said that something was copied. */
const SAID_MS = 5000;

/** The menu of a funnel, and what it says of what was just done. */
export class HandOuts {
  said = '';
  readonly #host: Giving;

  constructor(host: Giving) {
    this.#host = host;
  }

  /** @param linked whether another reader of the link would see the same */
  actions(title: string, linked: boolean, t: FunnelWords): { text: string; run: () => void }[] {
    const host = this.#host;
    const copyLink = async (): Promise<void> => {
      const link = host.toLink();
      this.#say((await copyText(link)) ? t.copied : link);
    };
    const copyCsv = async (): Promise<void> => this.#say(await giveCsv(host.toCSV(), title, t));
    const saveSvg = async (): Promise<void> => {
      try {
        saveFile(fileName(title, 'svg'), 'image/svg+xml', await host.toSVG());
      } catch {
        this.#say(t.notLoaded);
      }
    };
    return [
      ...(linked ? [{ text: t.copyLink, run: () => void copyLink() }] : []),
      { text: t.copyCsv, run: () => void copyCsv() },
      { text: t.downloadSvg, run: () => void saveSvg() },
      { text: t.print, run: () => window.print() },
    ];
  }

  #say(text: string): void {
    this.said = text;
    this.#host.requestUpdate();
    setTimeout(() => {
      this.said = '';
      this.#host.requestUpdate();
    }, SAID_MS);
  }
}
