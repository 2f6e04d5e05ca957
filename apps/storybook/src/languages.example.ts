import '@sama/elements/funnel/define';
import '@sama/elements/locale/es/define';
import { registerLocale } from '@sama/elements';
import { de } from '@sama/elements/locale/de';

// The same language with words of your own.
registerLocale('de-AT', { ...de, table: 'Als Tabelle' });
