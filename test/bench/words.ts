/** The words of the generator, the commonest of each kind first. */

const words = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', ' '));

export const nouns = words(`
  bench door people morning question table room street neighbour letter winter garden kitchen answer story bread chair
  window harbour train school summer library bicycle market corner evening child mother teacher boat bridge coffee
  river hand voice paper village station meeting choir baker umbrella pigeon counter office patience pavement ladder
  shoemaker notebook weather museum candle carpenter orchard recipe argument grandfather radio lighthouse promise
  newspaper suitcase violin sentence silence basket kettle hospital apprentice committee pencil blanket ferry lantern
  accident wardrobe gardener staircase receipt island festival mistake hammer compass melody shoulder doctor curtain
  hallway envelope minute tractor habit rehearsal stranger soup crossing photograph puddle wheelbarrow tenant signpost
  anniversary button dialect thunderstorm allotment conductor bakery cousin sparrow timetable landlord waistcoat
  archive balcony barber beehive bell boiler brass bridle brother bruise calendar canal canvas capital cathedral
  caretaker ceiling census cherry chimney clerk cloakroom coal coast composer concert copper cottage courage cradle
  cupboard customs daughter debt deputy desk dictionary disappointment distance dog doorway dragonfly drawer dream
  driver drought echo editor elbow electrician engine errand excuse export fabric factory farewell fence fiddle
  finger fisherman flood footpath forecast fountain freight furniture gallery geography ghost glove goodbye grammar
  gravel guest handwriting harvest headmaster height hillside holiday honey horizon housework hypothesis invoice
  ivy jacket jar journey judge jug kingdom knot laundry ledger lemon librarian lodger luggage machine magistrate
  map marble marriage mechanic memory midwife miller mirror mountain mud nephew nickname noise oak objection ocean
  onion opera opinion oven owner pamphlet parcel parish passage pattern pension piano pilot plaster plumber poem
  postman potato prescription quarrel queue railway rumour sailor sandwich scaffold schedule scissors seamstress
  shadow shelf shipyard signature sister slope smoke socket spoon square stamp statue storm tailor teapot theatre
  thermometer thread ticket tide toothache tram translation tunnel turnip uncle uniform valley verdict vinegar
  visitor volunteer wage waiter wall watchman weekend well whistle widow workshop wrist year
`);

export const verbs = words(`
  asked found kept told wanted opened carried brought remembered liked painted moved left heard needed built noticed
  answered lost watched closed repaired forgot borrowed followed showed learned missed counted believed wrote changed
  measured promised invited refused understood planted printed sold visited warned explained expected collected tasted
  mended questioned defended sketched hid polished recommended divided postponed thanked interrupted recognised shared
  ignored practised translated weighed lifted described delivered imagined doubted photographed named inherited
  accepted admired adopted advised annoyed apologised_for arranged avoided baked balanced blamed blessed bothered
  buried carved caught celebrated chose cleaned coloured compared complained_about confused copied crossed decided
  decorated demanded deserved designed destroyed disliked drew dropped earned emptied encouraged enjoyed envied
  exchanged excused fed fetched filled fixed folded forgave founded framed gave greeted guessed guided handled hated
  hurried improved insulted knitted knocked_over labelled laughed_at lent loaded locked married memorised mentioned
  misread named nursed offered ordered outlived owed packed patched persuaded pitied pointed_at poured praised
  preferred prepared pretended_to_be proved pulled pushed raised reached rebuilt rejected rented replaced rescued
  resembled respected returned ruined rushed saved scrubbed searched shook signed skipped solved spared spoiled
  spotted started stole stored studied suggested supported surprised swept tested tied tolerated traded trusted
  tuned turned_down understood_only used voted_for walked_past washed welcomed wiped wore wrapped
`);

export const adjectives = words(`
  old small good quiet long open wooden new late blue empty different warm simple strange public cold honest green
  heavy patient early narrow bright ordinary loud second stubborn broken gentle careful foreign tall muddy generous
  rainy useful clever famous crooked nervous polite silver forgotten slow curious round practical bitter sudden
  expensive cheerful reluctant yellow invisible steep enormous borrowed unfinished northern
  absent amber ancient anxious awkward bare beautiful blunt boring brave brief brown busy calm cautious central
  charming chilly clumsy coastal comfortable common complicated crowded damp dark deaf deep delicate distant
  doubtful dry dusty eager eastern elegant empty-handed fair faithful familiar fierce flat fragile frequent fresh
  frozen full funny grey grumpy handsome hollow huge humble hungry idle impatient innocent jealous kind lame lazy
  local lonely lost lucky mad mild modest musical mysterious native neat noisy odd painful pale peculiar plain
  pleasant proud punctual quick rare reliable ripe rural rusty sad salty secret sensible serious shallow sharp shy
  sleepy slippery soft sour spare square stale stern sunny suspicious tidy tiny tired unexpected upright vague
  velvet wandering wealthy well-known wet wide wild wise worn
`);

export const adverbs = words(`
  never always still often only almost again already slowly together perhaps usually simply twice quietly really later
  rarely somehow outside carefully gladly seldom barely entirely suddenly honestly meanwhile properly upstairs
`);

export const links = words('of in on for with at from by near behind beside without after before under across until');
export const joints = words('and but because so when while although unless which until whereas since');
export const owners = words('the a the my our the their this that her his every the another your its each no some');
export const subjects = words('I we they she it he you nobody everybody somebody');

export const openers = [
  'I think that',
  'What I like is how',
  'Thank you,',
  'To be fair,',
  'Here',
  'For years',
  'It is true that',
  'My question is whether',
  'Not quite:',
  'As you say,',
  'In our town',
  'I would add that',
  'Funny,',
  'Once',
] as const;

export const endings = words(`
  today yesterday anyway in_spring on_Tuesdays for_once at_noon all_winter years_ago if_asked in_1974 too_soon
  three_times with_sugar at_half_past_six in_the_end by_accident since_March without_a_word to_this_day of_course
`);

export const givenNames = words(`
  Anna Ruben Halima Jonna Tomas Inès Wale Pilar Maren Benoît Dae-jung Odile Katarzyna Liam Noor Mikkel Sofia Yusuf
  Greta Paulo Ingrid Chidi Leonie Marek Aiko Rosa Viktor Saoirse Emeka Lucía Henrik Fatima Oskar Priya Nils Camille
  Dmitri Elif Joao Astrid Kofi Margit Samir Tove Umberto Wanjiru Xenia Zdenek Bram Clara Desmond Edda Farid Gwen
`);

export const familyNames = words(`
  Holt Okafor Casals Lind Adeyemi Novak Moreau Byrne Sato Keller Duarte Rahman Eriksen Costa Petrov Amsel Brandt
  Yilmaz Nakamura O'Dell Vargas Winter Ferreira Dahl Quist Mensah Tanaka Rossi Hagen Laurent
`);
