import { expect, test } from 'vitest';
import { NoProposalError, proposeMapping } from './propose.ts';
import { readSample, UnreadableFileError } from './sample.ts';

const options = {
  source: 'crm',
  currency: 'EUR',
  entryStages: ['lead'],
  stages: [
    { key: 'lead', label: 'Lead' },
    { key: 'mql', label: 'MQL' },
    { key: 'engaging' },
    { key: 'won' },
    { key: 'lost' },
  ],
};

function propose(text: string | Uint8Array): ReturnType<typeof proposeMapping> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return proposeMapping(readSample(bytes, { complete: true }), options);
}

test('deals with a state and two dates', () => {
  const { mapping, guesses } = propose(
    'deal_id,owner,account,state,engage_date,close_date,value\nA1,Ann,Acme,Won,2026-01-05,2026-02-01,100\nA2,Bob,,Lost,2026-01-06,2026-02-02,0\nA3,Ann,Acme,Engaging,2026-01-07,,\n',
  );
  expect(mapping).toEqual({
    v: 1,
    source: 'crm',
    rows: 'records',
    entityType: 'opportunity',
    id: 'deal_id',
    dates: { format: 'iso' },
    links: { accountId: 'account' },
    owner: 'owner',
    amount: { column: 'value', currency: 'EUR' },
    stages: [
      { stage: 'engaging', at: 'engage_date' },
      { stage: 'won', at: 'close_date', when: { column: 'state', in: ['Won'] } },
      { stage: 'lost', at: 'close_date', when: { column: 'state', in: ['Lost'] } },
    ],
    currentStage: { column: 'state', values: { Won: 'won', Lost: 'lost', Engaging: 'engaging' } },
  });
  expect(guesses.find(({ part }) => part === 'amount.currency')).toMatchObject({ doubtful: true });
  expect(guesses.every(({ reason }) => reason.length > 5)).toBe(true);
});

test('stage changes of persons, with semicolons and German dates', () => {
  const { mapping } = propose(
    'Contact ID;Lifecycle Stage;Changed at;Region\nC1;Lead;31.01.2026;north\nC1;MQL;01.02.2026;north\nC2;Lead;02.02.2026;south\n',
  );
  expect(mapping).toMatchObject({
    rows: 'events',
    entityType: 'person',
    id: 'Contact ID',
    delimiter: ';',
    dates: { format: 'dd.mm.yyyy' },
    event: { stage: { column: 'Lifecycle Stage', values: { Lead: 'lead', MQL: 'mql' } }, at: 'Changed at' },
    attributes: { Region: { column: 'Region' } },
  });
});

test.each([
  ['Lead ID,Stage,Stage date\nL1,Lead,2026-01-05\nL1,MQL,2026-01-06\nL2,Lead,2026-01-07\n', undefined],
  ['Lead ID,Stage,Stage date\nL1,Lead,2026-01-05\nL2,MQL,2026-01-06\n', undefined],
  ['id,Lead ID,Stage,Stage date\n1,L1,Lead,2026-01-05\n2,L1,MQL,2026-01-06\n3,L2,Lead,2026-01-07\n', 'id'],
])('a history of stages is stage changes: %j', (text, recordId) => {
  const { mapping } = propose(text);
  expect(mapping).toMatchObject({
    rows: 'events',
    entityType: 'person',
    id: 'Lead ID',
    event: { stage: { column: 'Stage', values: { Lead: 'lead', MQL: 'mql' } }, at: 'Stage date' },
  });
  expect(mapping.event?.recordId).toBe(recordId);
});

test('dates that could be read two ways are doubtful; a day above 12 decides', () => {
  const doubt = propose('id,lead_date\n1,01/02/2026\n2,03/04/2026\n').guesses.find(({ part }) => part === 'dates');
  expect(doubt).toMatchObject({
    doubtful: true,
    reason: expect.stringContaining('day and month cannot be told apart'),
  });
  expect(propose('id,lead_date\n1,03/04/2026\n2,03/04/2026\n').unsafe).toEqual([
    expect.stringContaining('"03/04/2026" can be read as 2026-04-03 (dd/mm/yyyy) or 2026-03-04 (mm/dd/yyyy)'),
  ]);
  expect(propose('id,lead_date\n1,13/04/2026\n2,03/04/2026\n').unsafe).toEqual([]);
  expect(propose('id,colour\n1,red\n2,blue\n').unsafe).toEqual([expect.stringContaining('no column holds a stage')]);
  expect(propose('id,lead_date\n1,01/13/2026\n2,03/04/2026\n').mapping.dates).toEqual({ format: 'mm/dd/yyyy' });
  expect(propose('id,lead_date\n1,13/01/2026\n2,03/04/2026\n').mapping.dates).toEqual({ format: 'dd/mm/yyyy' });
});

test('an unknown state is said to be refused, and every column is used', () => {
  const { mapping, guesses } = propose(
    'id,status,lead_date,colour\n1,MQL,2026-01-05,red\n2,Qualifying,2026-01-06,blue\n',
  );
  expect(guesses.find(({ part }) => part === 'currentStage')).toMatchObject({
    doubtful: true,
    reason: expect.stringContaining('no known stage for Qualifying'),
  });
  expect(mapping.attributes).toEqual({ colour: { column: 'colour' } });
});

test.each([
  ['Vorgangs-ID;Erstellt am;Gewonnen am;Verloren am;Betrag;Phase', 'Gewonnen', 'Verloren'],
  ['ID de oportunidad;Fecha de creación;Ganado el;Perdido el;Importe;Etapa', 'Ganada', 'Perdida'],
  ['Identifiant;Créé le;Gagné le;Perdu le;Montant;Étape', 'Gagnée', 'Perdue'],
])('headers in German, Spanish and French are understood: %s', (header, won, lost) => {
  const [id, created = '', wonAt = '', lostAt = '', amount, state = ''] = header.split(';');
  const { mapping, guesses } = propose(
    `${header}\n7;05.01.2026;06.01.2026;;10;${won}\n8;05.01.2026;;06.01.2026;20;${lost}\n`,
  );
  expect(mapping).toMatchObject({
    id,
    amount: { column: amount },
    stages: [
      { stage: 'lead', at: created },
      { stage: 'won', at: wonAt },
      { stage: 'lost', at: lostAt },
    ],
    currentStage: { column: state, values: { [won]: 'won', [lost]: 'lost' } },
  });
  expect(guesses.some(({ reason }) => reason.includes('not used as stages'))).toBe(false);
});

test.each([
  [['1,234.50', '10'], '.'],
  [['1.234,50', '10'], ','],
  [['1.234,50', '1.234'], ','],
  [['1234,5', '10'], ','],
  [['-12.345.678,00', '1.234'], ','],
  [['1.234.567', '1.234'], ','],
  [['1,234', '1,234.50'], '.'],
  [['1.234', '12.5'], undefined],
  [['1.234', '1234.567'], undefined],
  [['0.125', '1.234'], undefined],
  [['1200', '999'], undefined],
])('amounts written %j: the column shows the decimal sign %s', (amounts, decimal) => {
  const { mapping, unsafe } = propose(
    ['id;Betrag;won_date', ...amounts.map((it, i) => `${i};${it};2026-01-05`)].join('\n'),
  );
  expect(mapping.amount).toEqual({ column: 'Betrag', currency: 'EUR', ...(decimal === undefined ? {} : { decimal }) });
  expect(unsafe).toEqual([]);
});

test.each([
  ['1.234', ',', '.'],
  ['1,234', '.', ','],
])('a column of nothing but %s may be thousands: guessed, and never taken unseen', (amount, guess, other) => {
  const { mapping, guesses, unsafe } = propose(`id;Betrag;won_date\n1;${amount};2026-01-05\n2;500;2026-01-05\n`);
  expect(mapping.amount).toMatchObject({ decimal: guess });
  expect(guesses).toContainEqual(expect.objectContaining({ part: 'amount.decimal', doubtful: true }));
  expect(unsafe).toEqual([
    `"Betrag": "${amount}" can be read as 1234 or 1.234; set "decimal" in "amount" to "${guess}" for the first or "${other}" for the second`,
  ]);
});

test('an amount that is none by either sign stays an attribute, said aloud', () => {
  const { mapping, guesses } = propose('id;Betrag\n1;1.234,50\n2;1,234.50\n');
  expect(mapping.amount).toBeUndefined();
  expect(guesses.find(({ column }) => column === 'Betrag')).toMatchObject({ doubtful: true });
});

test('dates that become no stage, and a missing first stage, are said aloud', () => {
  const { guesses } = propose('id,won_date,foo,bar\n1,2026-01-05,2026-01-05,2026-01-06\n2,,,2026-01-06\n');
  expect(guesses).toContainEqual({
    part: 'stages',
    reason: expect.stringContaining('2 date columns are not used as stages: "foo", "bar"'),
    doubtful: true,
  });
  expect(guesses).toContainEqual({
    part: 'stages: lead',
    reason: expect.stringContaining('no column holds the date of the first stage, lead'),
    doubtful: true,
  });
});

test('hostile column names become attribute names that are allowed', () => {
  const { mapping } = propose(`id,"__proto__","a'b;--",constructor\n1,x,y,z\n2,x,y,z\n`);
  expect(Object.keys(mapping.attributes ?? {})).toEqual(['__proto___2', 'a_b_--', 'constructor']);
  expect(Object.values(mapping.attributes ?? {}).map(({ column }) => column)).toEqual([
    '__proto__',
    "a'b;--",
    'constructor',
  ]);
});

test('empty rows do not count, and a row without an id does not keep the others out', () => {
  const { guesses, mapping } = propose('id,lead_date\n1,2026-01-05\n2,2026-01-05\n,\n,2026-01-06\n,\n');
  expect(mapping.id).toBe('id');
  expect(guesses.find(({ part }) => part === 'id')).toMatchObject({
    doubtful: true,
    reason: 'never repeated; empty in 1 of 3 sampled rows, which will be refused by line',
  });
});

test('JSON and NDJSON are sampled like CSV', () => {
  const rows = [
    { id: 'A', mql: '2026-01-05', size: 5 },
    { id: 'B', mql: null, size: 7.5 },
  ];
  for (const text of [JSON.stringify(rows), rows.map((row) => JSON.stringify(row)).join('\n')]) {
    expect(propose(text).mapping).toMatchObject({
      id: 'id',
      stages: [{ stage: 'mql', at: 'mql' }],
      attributes: { size: { column: 'size', type: 'number' } },
    });
  }
  expect(readSample(new TextEncoder().encode('{"v":1,"records":[],"events":[]}'), { complete: true }).format).toBe(
    'canonical',
  );
});

test('a sample cut in the middle of a row or character is read up to there', () => {
  const bytes = new TextEncoder().encode('id,name\n1,Müller\n2,Mü');
  const sample = readSample(bytes.subarray(0, bytes.length - 1), { complete: false });
  expect(sample.rows).toBe(1);
  expect(sample.encoding.encoding).toBe('utf-8');
});

test.each([
  [[0x50, 0x4b, 0x03, 0x04, 20, 0], 'save the sheet as CSV'],
  [[0x89, 0x50, 0x4e, 0x47, 13, 10], 'a PNG image'],
  [[1, 2, 0, 0, 0, 9, 0, 3], 'it holds NUL bytes'],
])('a file that is no text is named: %j', (bytes, said) => {
  expect(() => propose(Uint8Array.from(bytes))).toThrow(`this is not a text file`);
  expect(() => propose(Uint8Array.from(bytes))).toThrow(said);
});

test('what cannot be proposed or read says why', () => {
  expect(() => propose('a,b\n1,x\n1,\n')).toThrow(NoProposalError);
  expect(() => propose('')).toThrow(UnreadableFileError);
  expect(() => propose(' \n')).toThrow('the file is empty');
  expect(() => propose('[{"id":')).toThrow(UnreadableFileError);
});
