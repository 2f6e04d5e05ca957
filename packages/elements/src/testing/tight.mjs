// Writes what a template of a source is in a single file.
import { tightTemplates } from '../../scripts/tight.mjs';

console.log(
  tightTemplates(`
    <p>
      <b>\${name}</b>
      \${sentence}
      \${marked}
      <small>\${note}</small>
    </p>
    <ul>
      <li></li>
      \${rest}
    </ul>`).trim(),
);
