import { foldKey } from "../../model/fold.ts";
import type { PartySpec } from "../define.ts";
import { findCustomers } from "../engine/customers.ts";
import { findVendors } from "../engine/parties.ts";
import { hasCasedForm } from "../engine/party-names.ts";
import type { Piece } from "../engine/view.ts";
import type { LabelKey } from "../labels/label-key.ts";
import { columnFrom } from "./columns.ts";
import { reachOfLabels } from "./labels-near.ts";
import { namePlaces, type NamePlace } from "./party-candidates.ts";
import { type Mark, markOf, marksOf, valueOf } from "./party-marks.ts";
import { PLACE_FEATURES, placeFeatures } from "./party-places.ts";
import { PARTY_LABELS } from "./party-sights.ts";
import type { Candidate, NameEvidence, ScoredField } from "./scored-field.ts";

const NEAR = ["own", "other", "ship_to", "remit_to", "account_holder", "contact"];
const RULED = [
  "rule_same",
  "rule_confidence",
  "rule_other",
  "score",
  "rank",
  "best",
  "other_score",
  "other_rank",
];

const FEATURES: readonly string[] = [
  ...PLACE_FEATURES,
  ...NEAR.map((name) => `near.${name}`),
  ...NEAR.map((name) => `block.${name}`),
  ...RULED.map((name) => `whole.${name}`),
];

/** A name that is less sure is not given: a paper that names nobody else than its customer has such. */
const LEAST = 0.3;

/** Whose name is looked for, and what the rules have to find it. */
export interface PartyRole {
  readonly spec: PartySpec;
  /** The other party of the paper: who it is made out to, or who issued it. */
  readonly other: PartySpec;
}

/** The name of a business paper's party: candidates over the whole document. */
export function partyField(name: string, role: PartyRole): ScoredField<NameEvidence> {
  return { name, features: FEATURES, least: LEAST, candidates: (evidence) => candidatesOf(evidence, role) };
}

function candidatesOf(evidence: NameEvidence, role: PartyRole): Candidate[] {
  const places = namePlaces(evidence.reading);
  const scene = sceneOf(evidence, role);
  const marks = role.spec.role === "issuer" ? marksOf(places) : new Map<string, Mark>();
  return places.map((place) => {
    const value = valueOf(place);
    const key = foldKey(value);
    const features = featuresOf(scene, place, value, key);
    const mark = hasCasedForm(value) ? markOf(marks, place, key) : undefined;
    const { pieces } = mark ?? place;
    return { value: mark?.value ?? value, key: mark?.key ?? key, pieces, features, repaired: false };
  });
}

interface Ranked {
  readonly score: number;
  readonly rank: number;
}

/** What all candidates for a party are held against. */
interface Scene {
  readonly evidence: NameEvidence;
  readonly role: PartyRole;
  readonly own: ReadonlyMap<string, Ranked>;
  readonly best: number;
  readonly others: ReadonlyMap<string, Ranked>;
  readonly ruleKey: string;
  readonly otherKey: string;
  readonly ruleConfidence: number;
  readonly near: (piece: Piece, key: LabelKey) => number;
}

function sceneOf(evidence: NameEvidence, role: PartyRole): Scene {
  const { reading, drafts } = evidence;
  const rule = drafts.get(`${role.spec.pointer}/name`);
  const other = drafts.get(`${role.other.pointer}/name`);
  const reach = reachOfLabels(reading, PARTY_LABELS);
  const [own, others] = [
    rankedOf(evidence, role.spec, role.other),
    rankedOf(evidence, role.other, role.spec),
  ];
  return {
    evidence,
    role,
    own,
    best: [...own.values()][0]?.score ?? 0,
    others,
    ruleKey: rule ? foldKey(String(rule.value)) : "",
    otherKey: other ? foldKey(String(other.value)) : "",
    ruleConfidence: rule?.confidence ?? Number.NaN,
    near: (piece, key) => reach(piece, key)?.strength ?? 0,
  };
}

/** What the rules think of each name, the issuer's or the addressee's. */
function rankedOf({ reading, drafts }: NameEvidence, spec: PartySpec, other: PartySpec): Map<string, Ranked> {
  const issuer = drafts.get(`${other.pointer}/name`)?.value;
  const names =
    spec.role === "issuer"
      ? findVendors(reading, spec.keys, other.keys)
      : findCustomers(reading, spec.keys, issuer === undefined ? null : String(issuer));
  const found = new Map<string, Ranked>();
  for (const [at, { name, score }] of names.entries()) {
    const key = foldKey(name);
    if (!found.has(key)) found.set(key, { score, rank: at });
  }
  return found;
}

function featuresOf(scene: Scene, place: NamePlace, value: string, key: string): number[] {
  const [piece] = place.pieces;
  if (!piece) return FEATURES.map(() => Number.NaN);
  return [
    ...placeFeatures(scene.evidence.reading, place, value, key),
    ...nearValues(scene, piece),
    ...blockLabels(scene, piece),
    ...ruledValues(scene, key),
  ];
}

/** The labels of the roles, the own ones first. */
function roleLabels({ role }: Scene): readonly (readonly LabelKey[])[] {
  return [role.spec.keys, role.other.keys, ["ship_to"], ["remit_to"], ["account_holder"], ["contact"]];
}

function nearValues(scene: Scene, piece: Piece): number[] {
  return roleLabels(scene).map((keys) => Math.max(...keys.map((key) => scene.near(piece, key))));
}

/** How many lines above a place in its column a role's label stands. */
function blockLabels(scene: Scene, piece: Piece): number[] {
  const { reading } = scene.evidence;
  const column = [piece.segment, ...columnFrom(reading, piece.segment, "above", 6)];
  return roleLabels(scene).map((keys) => {
    const at = column.findIndex((segment) =>
      (reading.labels.get(segment) ?? []).some(
        (hit) => hit.quality >= 0.6 && keys.some((key) => hit.keys.has(key)),
      ),
    );
    return at < 0 ? Number.NaN : at;
  });
}

/** What the rules chose, and how they rank a name. */
function ruledValues({ own, others, best, ruleKey, otherKey, ruleConfidence }: Scene, key: string): number[] {
  return [
    Number(key === ruleKey),
    ruleConfidence,
    Number(key === otherKey),
    own.get(key)?.score ?? Number.NaN,
    own.get(key)?.rank ?? Number.NaN,
    best,
    others.get(key)?.score ?? Number.NaN,
    others.get(key)?.rank ?? Number.NaN,
  ];
}
