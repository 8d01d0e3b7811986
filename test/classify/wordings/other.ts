import type { Wording } from "./money.ts";

/** Papers of no kind that Docket knows. */
export const OTHER: readonly Wording[] = [
  [
    "generic",
    "minutes",
    `Minutes of the residents' meeting held on 4 May 2024 at 19:00
Present: A. Vole, B. Reed, C. Munn. Apologies: D. Hale
1. Minutes of the last meeting were approved.
2. Roof repair. Three offers were compared; the committee agreed to ask for a second opinion.
3. Next meeting 8 June.`,
  ],
  [
    "generic",
    "a letter to a tenant",
    `Dear Ms Munn,
Thank you for your letter of 3 May about the heating in the hall. Our engineer will call on Tuesday morning.
Please leave the side door open. If this does not suit you, ring the office before noon on Monday.
Yours sincerely, Harriet Pike`,
  ],
  [
    "generic",
    "a menu",
    `Menu of the day
Tomato soup 4.50
Grilled trout with almonds 14.00
Lemon tart 6.50
Coffee or tea 2.80`,
  ],
  [
    "generic",
    "a German poem",
    `Am Ufer liegt der alte Kahn,
das Schilf hat ihn umfangen,
und was ich dort im Frühjahr sann,
ist mit dem Eis vergangen.`,
  ],
  [
    "generic",
    "a printed mail",
    `From: Ann Poe <ann@example.org>
Sent: Monday, 6 May 2024 09:12
To: Team
Subject: Invoice from the caterer
Hello all, the caterer says the invoice will come next week. Has anybody ordered the chairs? Ann`,
  ],
  [
    "generic",
    "a brochure",
    `Discover the Northern Lakes
Three days of walking, two nights in a farmhouse, and dinner by the fire.
From May to September our guides take small groups along the old drove roads.
Call us or visit www.example.org to book your place`,
  ],
  [
    "generic",
    "a curriculum vitae",
    `Curriculum vitae
Lea Brandt   Husum   lea@example.org
2016-2021 Cook, Hotel am Hafen   2021-today Head cook, Gasthof Linde
Languages: German, English, Danish   Interests: sailing`,
  ],
  [
    "generic",
    "a quotation",
    `Devis n° 118
Objet : réfection de la toiture
Dépose  1 200,00
Pose ardoises  4 800,00
Total TTC  7 200,00
Devis valable 3 mois. Bon pour accord, date et signature`,
  ],
  [
    "generic",
    "an instruction for a machine",
    `Changing the filter
1. Switch the machine off and pull the plug. 2. Turn the cover to the left and lift it.
3. Rinse the filter under warm water; do not use soap. 4. Let it dry for a day before you put it back.`,
  ],
  ["generic", "noise", "i. ,' ~ l  | ;  ..  j r  -  : ' ,  t  . ; l"],
];
