/** Sentences of letters and brochures. */
export const LETTERS: Partial<Record<string, string>> = {
  en: "Thank you for the warm welcome we had at your house last month.|We are glad to tell you that the garden will open again in spring.|The committee has chosen a new date for the summer fair.|Please let us know whether you would like to take part.|Our new rooms are bright, quiet and close to the river.|The children have painted the fence, and it looks splendid.|We enclose some pictures which you may keep.|Parking is behind the building; the gate is open until dusk.|It was good to hear that your mother is well again.|Walks leave from the market place every morning.",
  de: "Vielen Dank für die freundliche Aufnahme im vergangenen Monat.|Wir freuen uns, dass der Garten im Frühjahr wieder öffnet.|Der Ausschuss hat einen neuen Termin für das Sommerfest gewählt.|Bitte teilen Sie uns mit, ob Sie teilnehmen möchten.|Unsere neuen Räume sind hell und ruhig.|Die Kinder haben den Zaun gestrichen.|Wir legen einige Bilder bei.",
  fr: "Merci de l'accueil chaleureux que vous nous avez réservé.|Le jardin rouvrira au printemps.|Le comité a choisi une nouvelle date pour la fête.|Dites-nous si vous souhaitez participer.|Nos nouvelles salles sont claires et calmes.|Nous joignons quelques photographies.",
  es: "Gracias por la cálida acogida del mes pasado.|El jardín abrirá de nuevo en primavera.|El comité ha elegido otra fecha para la fiesta.|Díganos si desea participar.|Nuestras nuevas salas son luminosas y tranquilas.|Adjuntamos algunas fotografías.",
};
/** Lines of verse. */
export const POEMS: Partial<Record<string, string>> = {
  en: "The harbour sleeps beneath a coat of rain,|and lanterns nod along the silent quay;|a gull repeats its one forgotten name|to every mast that dreams it is a tree.|I counted all the windows of the town|and found the one where light forgot to leave,|a thread of gold that never settled down,|a story that the tide would not believe.|O slow and salted evening, turn again,|and teach the stones to listen to the sea.",
  de: "Der Hafen schläft in einem Mantel Regen,|Laternen nicken still am leeren Kai,|die Möwe ruft dem Abend leis entgegen,|und jedes Segel träumt, es wäre frei.|Ich zählte alle Fenster in der Gasse|und fand nur eines, das noch Licht behielt.",
  fr: "Le port s'endort sous un manteau de pluie,|les lampes penchent au bord du quai muet,|une mouette appelle et puis s'enfuit|vers les mâts noirs où le vent s'est tu.|J'ai compté les fenêtres de la ville.",
  es: "El puerto duerme bajo un manto de agua,|las luces tiemblan junto al muelle gris,|una gaviota llama a la distancia|y el mar responde que no sabe venir.|Conté ventanas en la calle larga.",
};
/** Points of minutes. */
export const MINUTES: Partial<Record<string, string>> = {
  en: "The minutes of the last meeting were approved.|The roof of the club house was discussed; two offers are to be obtained.|The choir asks for another evening in the hall.|New members were welcomed.|Any other business: none.|The next meeting is held in the library.",
  de: "Das Protokoll der letzten Sitzung wurde genehmigt.|Das Dach des Vereinsheims wurde besprochen.|Der Chor bittet um einen weiteren Abend.|Neue Mitglieder wurden begrüßt.|Verschiedenes: keine Meldungen.",
  fr: "Le procès-verbal précédent est approuvé.|La toiture du local a été évoquée.|La chorale demande une soirée de plus.|Les nouveaux membres sont accueillis.",
  es: "Se aprueba el acta anterior.|Se comenta el tejado del local.|El coro pide otra tarde en la sala.|Se da la bienvenida a los nuevos socios.",
};
