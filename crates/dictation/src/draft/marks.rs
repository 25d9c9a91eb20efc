//! Words that speech engines get wrong and that matter: to stand out on the screen for checking.

use std::ops::Range;

use super::{
    cast::AUTHOR,
    date::dates,
    mention::Form,
    model::Mark,
    name_words::listed,
    note::Note,
    number::{ordinal, whole},
    phrase::match_at,
    span::Span,
    token::{Token, tokens},
};

const NEGATIONS: &str = "not no never none nobody noone nothing nowhere neither nor without cannot can't cant didn't didnt doesn't doesnt don't dont isn't isnt wasn't wasnt weren't won't wont wouldn't couldn't hasn't hasnt haven't hadn't aren't shouldn't mustn't needn't ain't refused refuses refuse refusing denied denies deny denying declined declines decline unable nae no-one nowt dinnae didnae wasnae isnae cannae wouldnae doesnae hasnae havenae willnae";
/// What may mean harm, in the pattern language of `phrase`. Kept here, by subject; a word that is missing
/// is found by nobody's reading the note, so rather one too many.
const RISKS: &[&str] = &[
    // Injury and violence.
    "bruis*|injur*|burn|burns|burned|burnt|scald*|fractur*|broken|bleed*|bled|wound*|scar|scars|swollen|cut|cuts|bite|bites|bitten|concuss*",
    "hit|hits|hitting|slap*|punch*|kick*|strangl*|strangul*|chok*|grab*|shov*|push*|beat|beats|beaten|beating|smack*|shak*|throttl*|headbutt*|stab*|attack*|fight*|fought|hurt|hurts|hurting|harm*|smash*",
    "threat*|weapon*|knife|knives|gun|guns|machete|bat|acid|petrol|fire",
    "abus*|assault*|rape*|raped|sexual*|violen*|aggress*|groom*|exploit*|traffick*|indecent*|incest|fgm|touched",
    "coerc*|controlling|stalk*|follow*|breach*|harass*|intimidat*|monitor*|tracking|tracker|isolat*|humiliat*|honour",
    // Death and self-harm.
    "suicid*|overdos*|ligature|hanging|hang|hanged|noose",
    "self harm*",
    "harm* himself|herself|themselves",
    "end|ending|take|taking|took his|her|their|my own? life",
    "not wake up",
    "die|died|dies|dying|death|dead|kill*|murder*|drown*|suffocat*",
    // Drink and drugs.
    "drunk|drank|drink|drinks|drinking|alcohol*|vodka|intoxicat*|hungover|binge*|withdrawal|withdrawals|seizure|seizures|blackout|blackouts",
    "drug|drugs|heroin|cocaine|crack|cannabis|weed|spice|ketamine|amphetamine*|methadone|opiate*|needle|needles|syringe*|inject*|dealer|dealing|relaps*|using|smok*|naloxone",
    // Law.
    "police|arrest*|bail|court|marac|order|injunction|custody|prison|charged|caution|warrant|licence|recall*|offence|offences|999",
    "section forty|47|twenty|20",
    // Children.
    "missing|ran away|runaway|absconded",
    "frighten*|scared|terrif*|afraid|fear*|nightmare*|hide|hides|hiding|hid|cry|cries|crying|cried|scream*|shout*|wet|wets|wetting|soil*",
    "unsafe|danger*|risk|risks|risky|hazard*|unsupervis*|alone|unattended|accident*|fell|fall|falls|poison*",
    "neglect*|hungry|starv*|malnourish*|underweight|dehydrat*|filthy|dirty|unwashed|cold|mould|damp|evict*|homeless*|gas|electric",
    "disclos*|allegation*|alleg*|secret|secrets",
    // Health.
    "pregnan*|miscarr*|unborn|premature",
    "psycho*|paranoi*|delusion*|hallucinat*|voices|mania|manic|depress*|hopeless*|panic*|despair*|anxiety",
    "hospital*|ambulance|unconscious|unresponsive|fit|fits|fitting|choking|breathing|allerg*|asthma|insulin|sepsis|emergency|a and e",
];

/// The negation or risk words that begin at a word, and where they end.
fn watch(tokens: &[Token], at: usize) -> impl Iterator<Item = (usize, &'static str)> {
    let negation = tokens.get(at).filter(|it| listed(NEGATIONS, &it.lower));
    let risk = RISKS
        .iter()
        .filter_map(|words| match_at(tokens, at, tokens.len(), words))
        .max();
    let negation = negation.map(|_| (at + 1, "negation"));
    negation
        .into_iter()
        .chain(risk.map(|stop| (stop, "risk word")))
}

/// Every negation and risk word of a text, whatever stands around it.
pub(crate) fn watched(text: &str) -> Vec<(Span, &'static str)> {
    let tokens = tokens(text);
    let all = (0..tokens.len()).flat_map(|at| {
        let span = |stop: usize| Span(tokens[at].start, tokens[stop - 1].end);
        watch(&tokens, at)
            .map(move |(stop, kind)| (span(stop), kind))
            .collect::<Vec<_>>()
    });
    all.collect()
}

/// All marks in text order; one place may bear two kinds.
pub(super) fn marks(note: &Note<'_>) -> Vec<Mark> {
    let mut found: Vec<(Span, &str)> = Vec::new();
    found.extend(
        note.mentions
            .iter()
            .filter(|m| m.form == Form::Name && !m.who.contains(&AUTHOR))
            .map(|m| (note.span(&m.tokens), "name")),
    );
    // All words, those that were put right included.
    let tokens = tokens(note.text);
    let span = |range: Range<usize>| Span(tokens[range.start].start, tokens[range.end - 1].end);
    let days = dates(&tokens, 0..tokens.len());
    found.extend(days.iter().map(|day| (span(day.tokens.clone()), "date")));
    let mut at = 0;
    while at < tokens.len() {
        found.extend(watch(&tokens, at).map(|(stop, kind)| (span(at..stop), kind)));
        if let Some(day) = days.iter().find(|day| day.tokens.contains(&at)) {
            at = day.tokens.end;
            continue;
        }
        let token = &tokens[at];
        let digits = token.lower.starts_with(|c: char| c.is_ascii_digit());
        let number = ordinal(&tokens, at)
            .or_else(|| whole(&tokens, at))
            .map(|(_, stop)| stop)
            .or(digits.then_some(at + 1));
        if let Some(stop) = number.filter(|stop| token.lower != "second" && *stop > at) {
            found.push((span(at..stop), "number"));
            at = stop;
            continue;
        }
        at += 1;
    }
    found.sort();
    found
        .into_iter()
        .map(|(span, kind)| Mark {
            span,
            kind: kind.to_owned(),
        })
        .collect()
}
