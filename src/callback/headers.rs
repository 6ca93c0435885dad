//! The headers of a request or a reply.

/// The headers of a request in their order: names in lower case, values as
/// bytes. Stored as one block of lines, so that a copy is one allocation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headers(Box<[u8]>);

impl Headers {
    /// From a block of [`Headers::as_bytes`].
    pub fn from_block(block: impl Into<Box<[u8]>>) -> Self {
        Self(block.into())
    }

    /// As collected from `headers`, which is called twice: into memory of the exact size,
    /// which costs less.
    pub fn of<'a, I>(headers: impl Fn() -> I) -> Self
    where
        I: Iterator<Item = (&'a str, &'a [u8])>,
    {
        let lengths = headers().map(|(name, value)| name.len() + value.len() + b": \n".len());
        let mut block = Vec::with_capacity(lengths.sum());
        headers().for_each(|it| push(&mut block, it));
        Self(block.into())
    }

    /// All headers as one block of `name: value\n` lines.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Name and value of each header.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.bytes().filter_map(|(name, value)| Some((str::from_utf8(name).ok()?, value)))
    }

    /// As [`Self::iter`], with the names as bytes, which costs less.
    pub(super) fn bytes(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let mut start = 0;
        memchr::memchr_iter(b'\n', &self.0).filter_map(move |end| {
            let line = &self.0[start..end];
            start = end + 1;
            let colon = memchr::memchr(b':', line)?;
            let value = line[colon + 1..].strip_prefix(b" ")?;
            Some((&line[..colon], value))
        })
    }

    /// The first value of the header with this (lower case) name.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.bytes().find(|(it, _)| *it == name.as_bytes()).map(|(_, value)| value)
    }
}

impl<'a> FromIterator<(&'a str, &'a [u8])> for Headers {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a [u8])>>(headers: I) -> Self {
        let mut block = Vec::with_capacity(256);
        headers.into_iter().for_each(|it| push(&mut block, it));
        Self(block.into())
    }
}

fn push(block: &mut Vec<u8>, (name, value): (&str, &[u8])) {
    block.extend_from_slice(name.as_bytes());
    block.extend_from_slice(b": ");
    block.extend_from_slice(value);
    block.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_come_back_in_order_and_byte_for_byte() {
        let pairs: [(&str, &[u8]); 3] = [("host", b"a"), ("x-raw", b"\xff: \xfe"), ("host", b"")];
        let headers: Headers = pairs.into_iter().collect();
        assert_eq!(headers.iter().collect::<Vec<_>>(), pairs);
        assert_eq!(Headers::of(|| pairs.into_iter()), headers);
        assert_eq!(headers.get("x-raw"), Some(&b"\xff: \xfe"[..]));
    }
}
