import type { Block, Pair, PartyBlock } from "../content.ts";
import { addDays, LANGUAGES } from "../locale.ts";
import { disguise, dress } from "../guise.ts";
import type { Scene } from "../scene.ts";
import { drawColumns, drawLines, lineTable } from "../trade.ts";
import { LABELS as W } from "../words/business.ts";
import { ROLES } from "../words/roles.ts";
import { drawPerson } from "../words/names.ts";
import { finish, issue, optional } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

const CARRIERS = [
  "Nordexa Cargo",
  "Veloparcel",
  "TransAlba",
  "Quickhaul",
  "Postlinie Express",
  "Hansa Freight",
  "Ibercarga",
  "Own vehicle",
  "Brightway Couriers",
];

export const deliveryNote: KindSpec = {
  type: "delivery_note",
  languages: LANGUAGES,
  form: "page",
  draw: (scene) => {
    const { house, random } = scene;
    const supplier = scene.company(house);
    const letterhead = issue(scene, "/supplier", supplier, { tax: true });
    const customer = scene.company(random);
    const apart = house.chance(0.4);
    const parties: PartyBlock[] = [
      dress(
        scene,
        scene.party("/customer", customer, house.chance(0.6) ? W.bill_to : undefined),
        customer,
        random,
      ),
      ...(apart ? [scene.party("/ship_to", scene.company(random), W.ship_to)] : []),
    ];
    const bare = { ...drawColumns(scene), price: false, discount: false, rate: false, amount: false };
    const table = lineTable(scene, drawLines(scene, bare), bare);
    const freight = drawFreight(scene);
    const blocks: Block[] = [
      table,
      ...(freight.length > 0 ? [{ kind: "pairs", pairs: freight } as const] : []),
      ...(house.chance(0.3) ? [{ kind: "signatures", names: [scene.word(W.received)] } as const] : []),
    ];
    const title = scene.word(W.note_title);
    const content = { title, letterhead, facts: drawFacts(scene), parties, blocks, footer: [] };
    return finish(scene, supplier.name, disguise(scene, supplier, content, ROLES.seller));
  },
};

function drawFacts(scene: Scene): Pair[] {
  const { house, random } = scene;
  const date = scene.day();
  const year = Number(date.slice(0, 4));
  return [
    scene.pair(
      "/delivery_note_number",
      W.note_number,
      random.pattern(house.pick(["DN-#####", "LS######", "########", "Y-#####", "80######"]), year),
    ),
    ...optional(scene, 0.35, () => scene.datePair("/document_date", W.invoice_date, addDays(date, -1))),
    scene.datePair("/delivery_date", W.shipped, date),
    ...optional(scene, 0.6, () =>
      scene.pair(
        "/purchase_order_number",
        W.order_number,
        random.pattern(house.pick(["PO-#####", "45########", "B-####"])),
      ),
    ),
    ...optional(scene, 0.25, () =>
      scene.datePair("/order_date", W.order_date, addDays(date, -random.int(3, 25))),
    ),
    ...optional(scene, 0.4, () =>
      scene.pair("/customer_id", W.customer_id, random.pattern(house.pick(["#####", "K-####"]))),
    ),
  ];
}

function drawFreight(scene: Scene): Pair[] {
  const { house, random, truth, language } = scene;
  return [
    ...optional(scene, 0.55, () => scene.pair("/carrier", W.carrier, random.pick(CARRIERS))),
    ...optional(scene, 0.35, () =>
      scene.pair(
        "/tracking_number",
        W.tracking,
        random.pattern(house.pick(["##########", "@@#########@@", "1Z########"])),
      ),
    ),
    ...optional(scene, 0.45, () => scene.pair("/packages", W.packages, String(random.int(1, 24)))),
    ...optional(scene, 0.45, () => {
      const kilos = random.int(12, 9_000) / 10;
      const printed = scene.number(kilos, 1);
      truth.set("/weight_unit", "kg");
      return { ...scene.pair("/gross_weight", W.weight, printed, kilos.toFixed(1)), value: `${printed} kg` };
    }),
    ...optional(scene, 0.2, () => scene.pair("/received_by", W.received, drawPerson(language, random).name)),
  ];
}
