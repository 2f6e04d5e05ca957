import { ORIGIN_MIX, SEGMENT_MIX, SOURCE_MIX, draw } from '../company/market.ts';
import { COMPANIES, NAMES } from '../company/people.ts';
import type { Frame } from '../frame.ts';
import { LANES, Stream } from '../random.ts';
import { dateOf } from '../time/berlin.ts';
import { Follower } from './follow.ts';
import type { Journey } from './journey.ts';
import { StoryPlan, personId } from './plan.ts';
import { Storyteller, originOf } from './stories.ts';
import { Volume, moment } from './volume.ts';

/** The quarter of a day as campaigns carry it: `2026-q1`. */
function quarterNames(): (day: number) => string {
  const known = new Map<number, string>();
  return (day) => {
    const name = known.get(day);
    if (name !== undefined) return name;
    const { year, month } = dateOf(day);
    const made = `${year}-q${Math.ceil(month / 3)}`;
    known.set(day, made);
    return made;
  };
}

/** All persons in the order of their creation, one at a time. */
export function* journeys(frame: Frame): Generator<Journey> {
  const stream = new Stream(frame.seed, LANES.journeys);
  const volume = new Volume(frame.days);
  const dayAt = volume.walk();
  const storyAt = new StoryPlan(frame, volume).walk();
  const follow = new Follower(frame, stream);
  const storyteller = new Storyteller(frame, stream, follow);
  const quarterOf = quarterNames();

  for (let index = 0; index < frame.persons; index += 1) {
    const day = dayAt((index + stream.unit()) / frame.persons);
    const told = storyAt(index);
    const origin = (told === undefined ? undefined : originOf(told.story)) ?? draw(stream, ORIGIN_MIX);
    const source = draw(stream, SOURCE_MIX[origin]);
    const company = COMPANIES[stream.below(COMPANIES.length)];
    const id = personId(index);
    const journey: Journey = {
      index,
      id,
      name: NAMES[stream.below(NAMES.length)] ?? '',
      email: `${id}@${company?.domain ?? 'company.example'}`,
      company: company?.name ?? '',
      origin,
      segment: draw(stream, SEGMENT_MIX[origin]),
      region: follow.region(),
      source,
      campaignId: origin === 'marketing' ? `${source}-${quarterOf(day)}` : undefined,
      owner: undefined,
      story: told?.story,
      steps: [],
      deal: undefined,
      currentStage: undefined,
    };
    const created = moment(stream, day);
    if (told === undefined) follow.fromLead(journey, created);
    else storyteller.tell(journey, created, told.story, told.ordinal);
    yield journey;
  }
}
