//! Capitalised words that are no person's name, and what follows or precedes names, as data.

use super::token::Token;

/// Never part of a person's name.
pub(super) const NEVER: &str = "i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april june july august september october november december christmas easter ramadan eid diwali halloween english british polish urdu punjabi welsh scottish irish romanian asian european england wales scotland ireland britain uk teams zoom whatsapp facebook instagram snapchat tiktok youtube google skype hertfordshire london moses barnardo's childline mind refuge relate nspcc cafcass universal ok okay mr mrs ms dr audit dash gad phq sdq marac mappa camhs idva cin cp lac pep gp god xbox playstation nintendo lego makaton outcomes star stars sertraline fluoxetine citalopram methadone diazepam mirtazapine ecomap genogram";

/// Ordinary words that begin sentences or are capitalised in titles.
pub(super) const COMMON: &str = "saw met rang fridge flat flats shared stated daily seemed saturday's windows doors toilet stairs beds bedding cupboards school's basically obviously honestly anyway okay yeah sorry actually er erm um oh scale scaled scored gave got came tried took brought left texted emailed phoned knocked explained reviewed checked talked noted heard smelled smelt never often usually currently recently unless or really already twice quarter mine ours theirs a about above abusive according across action actions additional adult after afternoon again age agreed alcohol all also although always amazing an analysis and announced another any anxiety anyone anything apart apologies appointment appointments are area areas around arrived as asked assessment at attempted attendance attended aunt away baby background basic bath because bed bedroom bedrooms bedtime before being below benefits best better between big both boundaries boundary boys brother build building but by call called can cancelled cannabis care careful carer case change child children children's child's clean clear clinic coming compared completed concern concerning concerns confidence confirmed contact contacts cooking core could court cousin curtains custody dad dad's date daughter day debt dental depression despite did difficulties direct direction discussed discussion do does doing domestic done door drinking drug drugs due during each earlier early education eight either emotional end engagement evening every everybody everyone everything exclusion extra face families family family's father feeding finally finances finished first five follow following food for former foster four from full further garden general getting girls given going good grandad grandma grandmother great group had half has have having he he's health heating hello her here hers hi his home homework hospital house household housing how however hygiene i if immediate importance improving in incident independent initial instead into is issue issues it it's its joint just kitchen last lastly late later let letter living local location long looked looking lounge lovely low made main maintenance many maternal may maybe me medication meeting mental message milestone milk mixed module mom money monthly mood more morning most mother mum mum's mummy my nan nan's next night nine no nobody none nor not note nothing now number nursery observations observed of off offending office old on once one ongoing only open other our out outcome outside over overall parenting parents parking partner paternal people perhaps perpetrator person phone physically plan planned planning please police positive positives possible practitioner pre present presentation previous previously prior probation problem professional professionals progress protection protective purpose put question questions quite rather reading reason recovery referral regarding relationship relationships relapse rent report reported restricted review right risk risks room routine routines running sadly safe safety same scaling school second section seen session seven several severity she she's short shortly should similarly since sister sisters six sleep sleeping slept so social some somebody someone something sometimes son soon spoke stage statutory step steps still strength strengths such summary supervision support supported sure task tasks team telephone ten text than thank thanks that that's the their them then there there's therefore these they they're thing things think this those though three through throughout time to today together told tomorrow tonight too tools toys travel trust two unannounced uncle under unfortunately unit until up update upon used very victim video view views violence visit visited visiting visits voice was washing we weekend weekly weight well went were what what's when where whether which while who why will wishes with within without words work worker working worried worries worry would yes yesterday yet you young your youth child's";

/// After a run of capitals these make it a place or an organisation.
pub(super) const PLACES: &str = "school primary secondary junior infant infants academy college street road close lane avenue drive way court crescent gardens grove hill house centre center clinic hospital hub nursery surgery park unit team service services council church mosque library station library's pub estate towers flats building office project trust programme program course group conditions relationships line plan order star wheel act foundation";

/// After a surname these mean the family, not one person.
pub(super) const FAMILY: &str = "family household children siblings family's home brothers sisters";

/// Verbs before which a sentence-initial unknown capital is a person.
pub(super) const VERBS: &str = "said says told tells will has had was is does did shares share shared agrees agreed disagrees accepts accepted denies denied sees thinks feels scaled scored rated gave gives put attended arrived came completed wants wanted needs likes lives loves showed drew wrote asked answered opened appeared seemed seems looked looks went is hasn't doesn't isn't wasn't didn't won't can't can and with who's also still only partly fully recognises recognizes understands admits admitted minimises smiled cried played slept stayed stays works drinks uses smokes shouts goes gets cancelled missed rang called phoned texted reported reports described describes explained disclosed presented engaged";

/// An ordinary word, a day or a month rather than anybody's name.
pub(crate) fn ordinary(word: &str) -> bool {
    listed(COMMON, word) || listed(NEVER, word)
}

/// Whether the word before makes a place or an organisation of what stands before it.
pub(crate) fn place_follows(tokens: &[Token], at: usize) -> bool {
    let joined = at
        .checked_sub(1)
        .and_then(|it| tokens.get(it))
        .is_some_and(Token::joins_next);
    joined
        && tokens
            .get(at)
            .is_some_and(|next| listed(PLACES, &next.lower))
}

/// Whether `word` stands in one of the lists above.
pub(super) fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}
