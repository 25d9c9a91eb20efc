//! Given names common in Britain: evidence that a sentence-initial capital is a name, and which
//! pronoun may stand for it. A name that is missing here is still found; its pronoun stays open.

use super::cast::Gender;

const FEMALE: &str = "agnieszka adele ayesha bella cassie cora darcey demi dionne ebony edie elena emilia esther freida harper hafsa jenna kacey kara kasia keira lexi lexie lilly luna lucia maya miley nevaeh nikki orla penelope rita robyn safiya sabrina safa shania sharna siobhan skyla summer tanisha tia tyra verity zainab aaliyah abigail agnieszka aisha alice alicia alison amanda amber amelia amina amy andrea angela anita ann anna anne annie anya aria ava barbara beatrice becky bernadette beth bethany brenda bridget brooke caitlin carla carly carol caroline catherine chantelle charlotte chelsea cheryl chloe christine claire clare courtney daisy danielle dawn debbie deborah diane donna dorothy eileen elaine eleanor elizabeth ella ellie elsie emily emma erin esme eva eve evie faith farah fatima faye fatou fiona fiza florence francesca frankie freya gail gemma georgia georgina gillian gina grace hannah harriet hayley heather heidi helen hollie holly imogen irene isabel isabella isla ivy jackie jacqueline jade jane janet janice jasmine jayne jean jennifer jenny jessica joan joanna joanne josephine joyce judith julia julie karen kate katherine kathleen katie kayleigh keeley kelly kelsey kerry khadija kimberley kirsty lacey laura lauren layla leah leanne leila lesley libby lily linda lindsay lisa lola lorraine louise lucy lydia lyndsey lynn lynne mabel maddison madison maisie mandy margaret maria mariam marie martha mary matilda maureen megan melanie melissa mia michelle millie miriam molly monica nadia nancy naomi natalie natasha nicola nicole nina nora olivia paige pamela patricia paula pauline penny phoebe poppy priya rachel rebecca rhiannon rosa rose rosie roxanne ruby ruth sadie sally samantha sandra sara sarah scarlett shabnam shannon shanice sharon sheila shelley sienna skye sofia sonia sophia sophie stacey stella stephanie sue summer susan suzanne sylvia tamara tanya tara teresa tina toni tracey tracy trudy vanessa vera vicky victoria violet wendy willow yasmin yvonne zara zoe anaya jodie jordana kayla";
const MALE: &str = "arlo billy bobby brayden carlton charley clayton corey curtis cody danyl darnell desmond dwayne elias ernie finn glen hamza hassan hugh jamal jaxon jermaine jed kaden kaiden karim kayden keaton kieran kieron kofi kwame leroy lenny lorenzo marlon micah mitchel musa nate oskar ollie owen pawel piotr rafael raj rashid ricky rico rocco roman rowan sami shane solomon stefan theodore tobias tyrell tyrone warren wesley yaw zayn aaron abdul adam adrian ahmed aiden alan albert alex alexander alfie alfred ali andrew anthony antony archie arthur ashley barry ben benjamin bernard blake bradley brandon brian bruce caleb callum calum cameron carl charles charlie chris christian christopher clive colin connor conor craig dale damian daniel danny darren dave david dean declan dennis derek dominic donald douglas duncan dylan eddie edward elijah elliot ellis eric ethan evan ezra finlay finley francis frank fred freddie gareth gary gavin geoffrey george gerald gordon graham grant greg gregory harley harrison harry harvey henry howard hugo hussain ian ibrahim imran isaac ivan jack jackson jacob jaden jake james jamie jason jayden jeff jeremy jim jimmy joe joel john jonathan jordan joseph josh joshua jude julian justin kai karl keith ken kenneth kevin kian kyle kyron lee leo leon lewis liam logan louis lucas luca luke malcolm marcus mark martin mason mathew matthew max michael mick mike mitchell mohammed muhammad nathan neil nicholas nick nigel noah norman oliver ollie omar oscar owen patrick paul pete peter phil philip ralph raymond reece reggie reuben rhys richard rob robert roger rohan ronnie rory ross roy russell ryan samuel scott sean sebastian shaun simon stanley stephen steve steven stewart stuart taylor teddy terence terry theo thomas tim timothy toby tom tommy tony travis trevor tyler vincent wayne william yusuf zac zachary zack ravi sanjay tariq asif";
const EITHER: &str = "alex ashley casey charlie drew ellis frankie hayden jamie jordan jo kelsey kim lee leslie morgan pat reece riley robin sam sidney taylor tracy val";

/// Gender that a given name suggests, `None` when it may be either.
pub(super) fn gender(name: &str) -> Option<Gender> {
    let lower = name.to_lowercase();
    let has = |list: &str| list.split(' ').any(|one| one == lower);
    match (has(EITHER), has(FEMALE), has(MALE)) {
        (true, ..) | (false, false, false) => None,
        (false, true, _) => Some(Gender::Female),
        (false, false, true) => Some(Gender::Male),
    }
}

/// Whether it is a known given name.
pub(super) fn known(name: &str) -> bool {
    let lower = name.to_lowercase();
    [FEMALE, MALE, EITHER]
        .iter()
        .any(|list| list.split(' ').any(|one| one == lower))
}
