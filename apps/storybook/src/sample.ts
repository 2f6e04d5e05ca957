import '@sama/elements/funnel/define';

/** The funnel the pages of the catalogue show: still maturing, with every outcome and a clear change. */
export { maturing as sampleFunnel } from '../../../packages/elements/src/testing/funnel-samples.ts';
