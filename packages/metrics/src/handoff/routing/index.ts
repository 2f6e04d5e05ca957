export { dryRun, explainRoute, readRoutingRules, type DryRun } from './dry-run.ts';
export {
  NO_TURNS,
  routeLead,
  type Route,
  type RouteRule,
  type RouteStep,
  type RouteTarget,
  type RoutingWorld,
} from './route.ts';
