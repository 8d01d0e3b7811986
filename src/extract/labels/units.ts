/** Short forms of units that stand behind quantities, folded and without full stops. */
export const UNIT_WORDS: ReadonlySet<string> = new Set(
  "pc pcs pce pces piece pieces ea each unit units set sets box boxes case cases ctn crate pack packs pk pkt pkg pair pairs pr roll rolls bag bags doz dz lot lots h hr hrs hour hours day days kg kgs g gr mg t to lb lbs oz m mm cm km lfm lm ft in yd m2 m3 qm sqm cbm l ltr lt ml cl dl gal st stk stck stuck std stunde stunden pck paar satz rolle rollen sack karton kt fl flasche eur pal u ud uds un und unid unite unites boite bte btl sc cart carton paq paquete caja cajas cx conf pz pezzi nr bal doos dozen zak uur uren stuks szt op opak godz kpl par zest ks bal hod baleni forp tim styck krt eske pakke pkk time timer tunti pll sk pussi laatikko".split(
    " ",
  ),
);
