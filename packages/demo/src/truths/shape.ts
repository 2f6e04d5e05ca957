/** A figure a reader of the events must find: `|found − expected| ≤ tolerance`. @experimental */
export interface Figure {
  expected: number;
  /** Four standard errors of a share of `n`, plus what the planted stories may add. */
  tolerance: number;
  /** The number of leads the share is taken of, as planned. */
  n: number;
}

/** Days `[from, to)`, `YYYY-MM-DD` in Europe/Berlin. @experimental */
export interface DayRange {
  from: string;
  to: string;
}

/** What all truths state. @experimental */
export interface Truth {
  /** False where the history is too short to hold it; its figures then mean nothing. */
  planted: boolean;
  /** One sentence, as a report would say it. */
  finding: string;
  /** How to find it in the events. */
  where: string;
}

/** The segment that marketing brings and sales does not win. @experimental */
export interface SegmentMismatch extends Truth {
  /** Leads by creation. */
  leads: DayRange;
  /** Of those who became an MQL. */
  smallShareOfMqls: Figure;
  /** Of those won within the window. */
  midMarketShareOfWins: Figure;
  smallShareOfWins: Figure;
}

/** Shares won by the origin of the lead. @experimental */
export interface CloseRate extends Truth {
  leads: DayRange;
  /** Won within the window of all leads of the origin. */
  marketing: Figure;
  teleprospecting: Figure;
  sales: Figure;
}

/** The day on which an MQL came to mean something else. @experimental */
export interface DefinitionBreak extends Truth {
  /** The first day of the new criteria. */
  on: string;
  /** For the time axis of a widget; has the shape of an envelope's annotation. */
  annotation: { at: string; kind: string; text: string };
  before: { leads: DayRange; mqlRate: Figure };
  after: { leads: DayRange; mqlRate: Figure };
}

/** A planted story that is counted exactly. @experimental */
export interface Story {
  /** Persons that carry it. */
  count: number;
  /** The first of them, at most 20. */
  personIds: string[];
}

/** A lead whose wait spans the night. @experimental */
export interface ClockNight {
  personId: string;
  /** As the events carry it. */
  lead: string;
  mql: string;
  /** Real minutes between the two; undefined where the lead has a date only. */
  elapsedMinutes: number | undefined;
  why: string;
}

/** Leads that waited over a night in which the clocks changed. @experimental */
export interface ClockChanges extends Truth {
  /** The day of 23 hours. */
  spring: { day: string; nights: ClockNight[] } | undefined;
  /** The day of 25 hours. */
  autumn: { day: string; nights: ClockNight[] } | undefined;
}

/** The latest leads, whose window is not over yet. @experimental */
export interface ImmatureCohort extends Truth {
  leads: DayRange;
  /** Calm leads that have been followed for the whole window. */
  mature: DayRange;
  /** MQLs within 14 days of creation, of leads that have had 14 days; the same in both. */
  mqlWithin14Days: { days: number; differenceTolerance: number };
  /** Won so far, as a share of leads, at most this part of the mature cohort's. */
  wonSoFarAtMost: number;
  /** Opportunities neither won nor lost, as a share of all opportunities of the cohort. */
  openShareAtLeast: number;
  /** The same of the mature cohort. */
  matureOpenShareAtMost: number;
}

/** Leads that were recycled and came back. @experimental */
export interface Reentries extends Truth {
  coolingOffDays: number;
  /** Recycled, and an MQL again within the cooling-off: the same cycle. */
  sameCycle: Story;
  /** Recycled, and an MQL again after it: a second cycle. */
  secondCycle: Story;
  /** From lead straight to opportunity. */
  skipped: Story;
}

/** A lead that two sellers accepted at nearly the same time. @experimental */
export interface DoubleAccept extends Truth, Story {
  /** The two acceptances are less than this apart. */
  withinSeconds: number;
}

/** A month of the vicious circle. @experimental */
export interface ViciousMonth {
  /** MQLs by the day they became one. */
  mqls: DayRange;
  /** SAL of MQL. */
  acceptance: Figure;
  /** SQL of SAL. */
  quality: Figure;
}

/** A quarter in which haste and rejection feed each other. @experimental */
export interface ViciousCircle extends Truth {
  months: ViciousMonth[];
  /** The quarter after, for comparison. */
  calm: ViciousMonth;
  /** The median time from MQL to SAL rises month by month, in the last at least to this multiple of the calm one. */
  slowerAtLeast: number;
}

/** Content that nobody uses. @experimental */
export interface UnusedAssets extends Truth {
  /** Assets published at least `newDays` ago. */
  judged: number;
  /** Of them, without a use in the last `useDays`. */
  unused: number;
  unusedShare: number;
  useDays: number;
  newDays: number;
}

/** Whose touches led to the wins. @experimental */
export interface TouchedWins extends Truth {
  /** Of the won, those with a touch before. */
  share: Figure;
  /** The channel that is the last touch where it is one at all, so that a chain loses exactly its journeys without it. */
  channel: string;
  /** Of the won with a touch, those whose last is of this channel: its removal effect in a first-order Markov chain. */
  removalEffect: Figure;
}

/** Who answers a mail after filling in a form. @experimental */
export interface MailClicks extends Truth {
  /** By the day of the form. */
  leads: DayRange;
  days: number;
  share: Figure;
}

/** What a lead of each channel costs. @experimental */
export interface LeadCosts extends Truth {
  dearest: string;
  /** Euro cents of figures `campaign-cost` for each lead of marketing, by channel; no month is further off than `spread`. */
  costs: Readonly<Record<string, number>>;
  spread: number;
}

/** The region whose forecasts are too high. @experimental */
export interface RosyForecast extends Truth {
  region: string;
  /** Forecast of booked revenue. */
  ratio: number;
}

/** The item of the survey that the teams see most differently. @experimental */
export interface PerceptionGap extends Truth {
  item: string;
  /** Points between the means of both teams. */
  gap: number;
}

/** Everything hidden in the records of the demo company, with where to find it. @experimental */
export interface PlantedTruths {
  segmentMismatch: SegmentMismatch;
  closeRate: CloseRate;
  definitionBreak: DefinitionBreak;
  clockChanges: ClockChanges;
  immatureCohort: ImmatureCohort;
  reentries: Reentries;
  doubleAccept: DoubleAccept;
  viciousCircle: ViciousCircle;
  unusedAssets: UnusedAssets;
  touchedWins: TouchedWins;
  mailClicks: MailClicks;
  leadCosts: LeadCosts;
  rosyForecast: RosyForecast;
  perceptionGap: PerceptionGap;
  /** Persons whose source exports days without times. */
  dateOnly: Truth & Story;
  /** Persons with a state but no date. */
  undated: Truth & Story;
  /** Opportunities nobody linked to a person; counted, with the persons they belong to in fact. */
  unlinked: Truth & Story;
  /** Persons with an MQL date that a later event corrects. */
  corrected: Truth & Story;
  /** Persons whose company name is an attack or breaks careless code. */
  hostile: Truth & Story & { companies: readonly string[] };
}
