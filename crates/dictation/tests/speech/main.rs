//! Stories of recordings as they arrive: whole, cut off, damaged, hostile. No model is needed.

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod recordings;
#[cfg(test)]
mod wav;
