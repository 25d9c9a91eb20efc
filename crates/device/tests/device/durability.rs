//! Killed between any two steps: what was written is still there, and is sent once.

use device::Need;

use crate::world::{Phone, Server, TEAM, VISIT, family, now, social_worker};

/// The steps of a day; each either finds its work done already or does it.
const STEPS: usize = 6;

fn step(n: usize, phone: &mut Phone, server: &mut Server, stored: bool) {
    // A killed keeper stores everything of a call or nothing.
    let before = phone.rows.clone();
    match n {
        0 | 3 | 5 => {
            let pulled = phone.pull(server);
            assert_eq!(pulled.problems, Vec::<String>::new());
        }
        1 => {
            phone.ready(Need::Record);
            let written = phone.device.entries(family(), now()).unwrap().len();
            if phone.device.drafts(now()).is_empty() && written == 0 {
                phone.note(VISIT);
            }
        }
        2 => {
            let draft = phone.device.drafts(now()).first().map(|it| it.id);
            if let Some(draft) = draft {
                let kept = phone.device.draft(draft).unwrap().clone();
                phone.complete(&kept).unwrap();
            }
        }
        4 => {
            phone.push(server);
        }
        _ => {}
    }
    if !stored {
        phone.rows = before;
    }
}

#[test]
fn nothing_is_lost_or_doubled_whenever_it_is_killed() {
    for killed_at in 0..STEPS {
        for stored in [true, false] {
            let mut server = Server::new();
            let mut phone = Phone::new(social_worker());
            for n in 0..STEPS {
                step(n, &mut phone, &mut server, n != killed_at || stored);
                if n == killed_at {
                    phone.reopen();
                    // The keeper goes on where its rows say: again from the start, at worst.
                    for again in 0..=n {
                        step(again, &mut phone, &mut server, true);
                    }
                }
            }
            phone.sync(&mut server);
            let entries = server.workbook(TEAM).entries;
            assert_eq!(entries.len(), 1, "killed at {killed_at}, stored {stored}");
            assert_eq!(phone.device.today(now()).waiting, 0);
            assert!(phone.device.drafts(now()).is_empty());
            phone.reopen();
            phone.ready(Need::Record);
            let page = phone.device.entries(family(), now()).unwrap();
            assert_eq!(page.len(), 1);
        }
    }
}

#[test]
fn two_phones_in_either_order_end_with_the_same_workbook() {
    let mut heads = Vec::new();
    for order in [[0, 1], [1, 0]] {
        let mut server = Server::new();
        let mut phones = [
            Phone::synced(social_worker(), &mut server),
            Phone::synced(crate::world::victim_worker(), &mut server),
        ];
        for phone in &mut phones {
            let kept = phone.note(VISIT);
            phone.complete(&kept).unwrap();
        }
        for n in order {
            phones[n].sync(&mut server);
        }
        for phone in &mut phones {
            phone.sync(&mut server);
            phone.ready(Need::Record);
            assert_eq!(phone.device.entries(family(), now()).unwrap().len(), 2);
        }
        let mut document: Vec<_> = server.workbook(TEAM).entries.into_keys().collect();
        document.sort_unstable();
        heads.push(document);
    }
    assert_eq!(heads[0], heads[1]);
}

#[test]
fn a_restored_server_gets_back_what_it_lost_over_several_pages() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let backup = server.clone();
    let kept = phone.note(VISIT);
    phone.complete(&kept).unwrap();
    phone.sync(&mut server);

    let mut server = backup;
    server.epoch += 1;
    server.page = 1;
    phone.reopen();
    phone.sync(&mut server);
    assert!(server.workbook(TEAM).entries.contains_key(&kept.id));
    phone.reopen();
    assert_eq!(phone.device.today(now()).waiting, 0);
}

#[test]
fn what_is_released_can_be_handed_over_again() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let kept = phone.note(VISIT);
    phone.complete(&kept).unwrap();
    phone.device.release(None);
    assert!(
        !phone
            .device
            .needs(family(), Need::Page, now())
            .unwrap()
            .is_empty()
    );
    phone.ready(Need::Page);
    assert!(phone.device.family(family(), now()).is_ok());
    phone.sync(&mut server);
    assert_eq!(server.workbook(TEAM).entries.len(), 1);
}
