import type { Pair, PartyBlock } from "../content.ts";
import { addDays, LANGUAGES } from "../locale.ts";
import { disguise, dress } from "../guise.ts";
import { addUp, drawColumns, drawLines, lineTable, sumPairs } from "../trade.ts";
import { LABELS as W } from "../words/business.ts";
import { ROLES } from "../words/roles.ts";
import { finish, issue, optional } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

export const purchaseOrder: KindSpec = {
  type: "purchase_order",
  languages: LANGUAGES,
  form: "page",
  draw: (scene) => {
    const { house, random } = scene;
    const buyer = scene.company(house);
    const letterhead = issue(scene, "/buyer", buyer, { tax: true });
    const date = scene.day();
    const terms = scene.word(W.term_values).replace("{n}", String(house.pick([14, 30, 45, 60])));
    const facts: Pair[] = [
      scene.pair(
        "/purchase_order_number",
        W.own_order_number,
        random.pattern(
          house.pick(["PO-#####", "45########", "Y-####", "B-######", "P##/####"]),
          Number(date.slice(0, 4)),
        ),
      ),
      scene.datePair("/order_date", W.order_date, date),
      ...optional(scene, 0.6, () =>
        scene.datePair("/delivery_date", W.delivery_date, addDays(date, random.int(3, 60))),
      ),
      ...optional(scene, 0.3, () => scene.pair("/payment_terms", W.terms, terms)),
      ...optional(scene, 0.2, () =>
        scene.pair("/incoterms", W.incoterms, random.pick(["EXW", "DAP", "FCA", "DDP", "CIF"])),
      ),
    ];
    const supplier = scene.company(random);
    const parties: PartyBlock[] = [
      dress(scene, scene.party("/supplier", supplier, W.supplier), supplier, random),
      ...(house.chance(0.5) ? [scene.party("/ship_to", scene.company(random), W.ship_to)] : []),
    ];
    const columns = drawColumns(scene);
    const sums = addUp(scene, drawLines(scene, columns), house.chance(0.5));
    const blocks = [
      lineTable(scene, sums.lines, columns),
      sumPairs(scene, { ...sums, prepaid: 0, rounding: 0 }),
    ];
    scene.noteCurrency();
    const title = scene.word(W.order_title);
    return finish(
      scene,
      buyer.name,
      disguise(scene, buyer, { title, letterhead, facts, parties, blocks, footer: [] }, ROLES.buyer),
    );
  },
};
