//! Numbers and slices out of bytes that may come from anywhere: no reading past the end, no
//! overflow, no allocation.

use super::Fault;

/// The longest LEB128 number of 64 bits, in bytes.
const LONGEST: u32 = 10;

/// What is left to read.
#[derive(Clone, Copy)]
pub(crate) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next `length` bytes.
    pub(crate) fn take(&mut self, length: u64) -> Result<&'a [u8], Fault> {
        let length = usize::try_from(length).map_err(|_| Fault::Malformed)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Fault::Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        let (first, rest) = self.0.split_first().ok_or(Fault::Malformed)?;
        self.0 = rest;
        Ok(*first)
    }

    /// An unsigned LEB128 number.
    pub(crate) fn unsigned(&mut self) -> Result<u64, Fault> {
        let mut number = 0u64;
        for at in 0..LONGEST {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if at == LONGEST - 1 && bits > 1 {
                break;
            }
            number |= bits << (7 * at);
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Fault::Malformed)
    }

    /// A signed LEB128 number.
    pub(crate) fn signed(&mut self) -> Result<i64, Fault> {
        let mut number = 0i64;
        for at in 0..LONGEST {
            let byte = self.byte()?;
            let bits = i64::from(byte & 0x7f);
            if at == LONGEST - 1 && bits != 0 && bits != 0x7f {
                break;
            }
            number |= bits << (7 * at);
            if byte & 0x80 == 0 {
                let shift = 7 * (at + 1);
                if shift < i64::BITS && byte & 0x40 != 0 {
                    number |= -1 << shift;
                }
                return Ok(number);
            }
        }
        Err(Fault::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_where_sixty_four_bits_end() {
        let most = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(Bytes::new(&most).unsigned(), Ok(u64::MAX));
        let mut more = most;
        more[9] = 0x02;
        assert_eq!(Bytes::new(&more).unsigned(), Err(Fault::Malformed));
        assert_eq!(Bytes::new(&[0x80; 40]).unsigned(), Err(Fault::Malformed));
        let least = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f];
        assert_eq!(Bytes::new(&least).signed(), Ok(i64::MIN));
        assert_eq!(Bytes::new(&[0x7f]).signed(), Ok(-1));
        assert_eq!(Bytes::new(&[0x80]).signed(), Err(Fault::Malformed));
    }

    #[test]
    fn nothing_is_taken_past_the_end() {
        let mut bytes = Bytes::new(&[1, 2, 3]);
        assert_eq!(bytes.take(u64::MAX), Err(Fault::Malformed));
        assert_eq!(bytes.take(2), Ok(&[1u8, 2][..]));
        assert_eq!(bytes.take(2), Err(Fault::Malformed));
    }
}
