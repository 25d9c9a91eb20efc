//! The family's names: none where nobody spoke them, however long the list; those that were spoken
//! and misheard, back again.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a test's helpers")]

use dictation::{
    correct::{correct, correct_text},
    draft::{People, draft},
    transcript::{ModelStamp, Segment, Transcript, Word},
};
use jiff::civil::date;

/// A caseload rather than a family: 120 names that resemble much.
const LIST: &str = "Norman Dashwell, Marion Hallward, Harry Dashford, Mary-Ann Stanley, Fanny Barton, Ellie Norwood, Edith Middleham, Lucy Steel, Robin Ferris, Charlotte Palmar, Colin Brandon, Willow Jennings, Annie Careyson, Sofia Gray, Elena Tilnie, Kathy Moreland, Isabel Thorp, James Allan, Frederick Tillney, John Thorpe, Alice Wanderland, Dinah Katt, Marty Hare, Rabbie Wight, Duchess Queenan, Bill Lizardo, Sherley Holmes, Jon Watt, Irena Addison, Mary Morstand, Jabez Wilsden, Godfrey Nortern, Victor Hatherly, Ellen Stanner, Grimesby Royston, Julie Stones, Kit Kennedy, Ask Knott, Jack Countryman, Amerie Kahn, Fella Merriman, Ted Clubb, Queenie Clubbs, Diamond Harts, Asa Spayde, Heather Ferris, Gail Force, Craig Brenner, Donna Brennan, Tyler Brennan, Skye Brennan, Kelly Hartley, Mason Hartley, Ruby Hartley, Priya Nair, Daniel Webb, Sharon Cole, Jordan Achebe, Ellie Thompson, Maureen Tomsen, Stan Whitcombe, Barbara Witcomb, Rowan Fields, Wren Streets, Dawn Morning, Eve Knight, Rose Gardner, Daisy Chaney, Lily Ponds, Ivy Wallis, Holly Woods, Hazel Knutt, Olive Branch, Fern Glenn, Heath Moore, Clay Potts, Rocky Shore, Sandy Beech, Cliff Edge, Dale Vale, Glen Rivers, Brook Waters, Lake Merritt, Misty Mornay, Sunny Dayes, Stormy Weathers, Windy Hille, Autumn Leavey, April Showers, May Flowers, June Busterman, Augusta Winds, Summer Holliday, Winter Greene, Noel Christmas, Carol Singer, Angel Wings, Faith Healey, Hope Springs, Charity Ball, Grace Period, Joy Rider, Mercy Mee, Patience Virtew, Prudence Kerr, Constance Bouye, Verity True, Honor Rolls, Justice Peece, Ernest Goodman, Frank Lee, Wilf Power, Will Knott, Mark Wordsley, Bob Upton, Rob Banks, Sue Yoo, Pat Downe, Peg Legge, Hugh Mann, Drew Pictor";

/// Speech of which none of them is part: readings of books long out of copyright, an address, cards,
/// sea talk, and visits to other families.
const UNRELATED: &[&str] = &[
    "The family of Dashwood had long been settled in Sussex. Their estate was large, and their residence was at Norland Park, in the centre of their property, where, for many generations, they had lived in so respectable a manner as to engage the general good opinion of their surrounding acquaintance.",
    "And Mr John Dashwood had then leisure to consider how much there might prudently be in his power to do for them. He was not an ill disposed young man, unless to be rather cold hearted and rather selfish is to be ill disposed. Had he married a more amiable woman he might have been made still more respectable than he was. Mrs John Dashwood now installed herself mistress of Norland, and Elinor, Marianne and Margaret stayed with their mother. Colonel Brandon and Sir Middleton called from Barton. Willoughby did not. Edward Ferrars came by the Devon road.",
    "Alice was beginning to get very tired of sitting by her sister on the bank. Dinah will miss me very much to night, I should think. The Rabbit took a watch out of its waistcoat pocket. The Hatter and the Dormouse were having tea with the March Hare, and the Duchess sent Bill down the chimney.",
    "To Sherlock Holmes she is always the woman. It was not that he felt any emotion akin to love for Irene Adler. Watson had seen little of Holmes lately. They drove from Baker Street to Stoke Moran, where Dr Grimesby Roylott lived, and Helen Stoner told of her sister Julia.",
    "And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country. Let every nation know, whether it wishes us well or ill, that we shall pay any price.",
    "Ten of clubs. Queen of clubs. Eight of spades, four of clubs, seven of hearts.",
    "There are warnings of gales in Viking, Forties, Cromarty, Dogger, Fisher, German Bight, Humber, Thames, Dover, Wight, Portland, Plymouth, Biscay and Fastnet. Wind westerly six to gale eight, rain later, good.",
    "Home visit to the Okonkwo family on Tuesday. Present were mum, Chidinma, and the children, Emeka and Adaeze. Emeka said, I like my new school. Chidinma is tired. The health visitor, Bronwen Pugh, comes on Monday. I will ring the school by Friday.",
    "Recovery session with Zbigniew Kowalczyk at the Harbour clinic. He scored sixteen on the AUDIT. His partner Agnieszka drove him. He has not used since March. He will bring the diary next Thursday.",
];

fn list() -> People {
    let people: Vec<_> = LIST
        .split(", ")
        .map(|name| serde_json::json!({"name": name}))
        .collect();
    People::from_json(&serde_json::Value::from(people).to_string()).expect("people")
}

/// A transcript in which every word has one confidence.
fn heard(words: impl IntoIterator<Item = (String, f32)>) -> Transcript {
    let words: Vec<Word> = words
        .into_iter()
        .zip(0_u64..)
        .map(|((text, confidence), n)| Word {
            start_ms: n * 400,
            end_ms: n * 400 + 300,
            text,
            confidence,
        })
        .collect();
    let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let text = text.join(" ");
    let segment = Segment {
        start_ms: 0,
        end_ms: words.len() as u64 * 400,
        text,
        words,
    };
    let stamp = ModelStamp {
        name: "scripted".into(),
        sha256: String::new(),
    };
    Transcript::from_segments(vec![segment], stamp, 600_000, 1)
}

#[test]
fn a_long_list_of_people_puts_no_name_into_unrelated_speech() {
    let people = list();
    let (mut words, mut inserted) = (0, Vec::new());
    for text in UNRELATED {
        words += text.split_whitespace().count();
        // As typed or surely heard, and as heard by an engine that doubts every third word.
        let doubting = text
            .split_whitespace()
            .enumerate()
            .map(|(n, word)| (word.to_owned(), if n % 3 == 0 { 0.3 } else { 0.75 }));
        let transcript = correct(&heard(doubting), &people);
        for one in correct_text(text, &people)
            .1
            .iter()
            .chain(&transcript.corrections)
        {
            if one.kind == "name" {
                inserted.push(format!("{} for {}", one.written, one.heard));
            }
        }
        let made = draft(text, &people, date(2026, 12, 1));
        let said = text.to_lowercase().replace("'s", "");
        let children: Vec<_> = made.children.iter().map(|child| &child.name).collect();
        for name in made.present.iter().chain(&made.absent).chain(children) {
            // A full name may complete a given name that was really spoken.
            let given = name
                .split([' ', '-'])
                .next()
                .unwrap_or_default()
                .to_lowercase();
            if !said
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == given)
            {
                inserted.push(format!("draft: {name}"));
            }
        }
    }
    assert!(words > 350, "{words}");
    assert!(inserted.is_empty(), "{inserted:?}");
}

#[test]
fn misheard_names_and_terms_come_back_and_are_shown() {
    let people = People::from_json(
        r#"[{"name": "Priya Nair", "role": "mother"}, {"name": "Daniel Webb"}, {"name": "Sharon Cole"},
            {"name": "Tyler Brennan"}, {"name": "Skye Brennan"}, {"name": "Craig Brennan"}]"#,
    )
    .expect("people");
    let said = "Session with Pre-A and Air at the library. Preya said so. I rang Sharon Coel, the Iba, \
         about the normal station order. Skye and Tila were there. Craig did not come.";
    let doubted = ["Pre-A", "and", "Air", "Preya", "Coel,", "Tila"];
    let words = said.split_whitespace().map(|word| {
        (
            word.to_owned(),
            if doubted.contains(&word) { 0.3 } else { 0.9 },
        )
    });
    let corrected = correct(&heard(words), &people);
    println!("{:?}", corrected.corrections);
    assert_eq!(
        corrected.transcript.text,
        "Session with Priya Nair at the library. Priya said so. I rang Sharon Cole, the IDVA, \
         about the non-molestation order. Skye and Tyler were there. Craig did not come."
    );
    // The original is kept, the place is right, and whoever checks must look at it.
    for one in &corrected.corrections {
        assert_eq!(one.span.of(&corrected.transcript.text), one.written);
        assert!(said.contains(&one.heard));
    }
    let segments: Vec<_> = corrected
        .transcript
        .segments
        .iter()
        .map(|it| it.text.as_str())
        .collect();
    assert_eq!(segments.join(" "), corrected.transcript.text);
    let words = &corrected.transcript.segments[0].words;
    for name in ["Priya", "Cole,", "IDVA,", "Tyler"] {
        let word = words
            .iter()
            .find(|word| word.text == name)
            .expect("the word");
        assert!(word.confidence < 0.5, "{name} {}", word.confidence);
    }
    let made = corrected.draft(&people, date(2026, 12, 1));
    assert!(
        made.doubts
            .iter()
            .any(|it| it.heard == "Iba" && it.suggestion.as_deref() == Some("IDVA"))
    );
    assert!(
        made.present.contains(&"Priya Nair".to_owned()),
        "{:?}",
        made.present
    );
}

#[test]
fn other_people_and_other_words_stay() {
    let people = People::from_json(
        r#"[{"name": "Craig Brennan"}, {"name": "Skye Brennan"}, {"name": "Tyler Brennan"}, {"name": "Donna Brennan"}]"#,
    )
    .expect("people");
    for text in [
        "Craig came with Greg from next door.",
        "Donna looked at the sky. Tyler drew the sky.",
        "Tyler met Taylor at school and Craig rang Diana.",
        "Donna has an idea. The dash of the car was broken. The audit of the accounts is in March.",
        "Craig put it in order. It is a normal order. Mark referred her to the doctor.",
        "Donna called Eva and Ivor. They were calm, and she comes at nine.",
    ] {
        assert_eq!(correct_text(text, &people).0, text);
    }
}
