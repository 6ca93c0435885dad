//! One part of each delivery of a page, one after another, and its packed form.
//!
//! Each entry begins with its length, 32 bits, little-endian: what is unpacked
//! needs nothing else to be read.

/// Entries that can be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    raw: Vec<u8>,
    starts: Vec<u32>,
}

/// Bytes of an entry's length.
const PREFIX: usize = 4;

/// How a column was packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packing {
    raw_len: usize,
    /// How many bytes it took; as many as before where packing gains nothing,
    /// and then they stand there as they were.
    pub(super) len: usize,
}

impl Column {
    /// How many entries it has.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// How many bytes the entries have.
    pub(super) fn raw_len(&self) -> usize {
        self.raw.len()
    }

    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.raw.capacity() + self.starts.capacity() * size_of::<u32>()
    }

    pub(super) fn get(&self, index: usize) -> Option<&[u8]> {
        let start = *self.starts.get(index)? as usize;
        let end = self.starts.get(index + 1).map_or(self.raw.len(), |it| *it as usize);
        self.raw.get(start + PREFIX..end)
    }

    /// Appends an entry, which is what `write` appends.
    pub(super) fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.raw.len();
        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        self.raw.extend_from_slice(&[0; PREFIX]);
        write(&mut self.raw);
        let length = u32::try_from(self.raw.len() - start - PREFIX).unwrap_or(u32::MAX);
        self.raw[start..start + PREFIX].copy_from_slice(&length.to_le_bytes());
    }

    /// Makes room for so many bytes, and not for twice what was there.
    pub(super) fn reserve_exact(&mut self, bytes: usize) {
        self.raw.reserve_exact(bytes);
    }

    /// Empties it, and keeps some room for the next ones.
    pub(super) fn clear(&mut self, room: usize) {
        self.starts.clear();
        self.raw.clear();
        self.raw.shrink_to(room);
    }

    /// Packs it, in `room` if that gains anything.
    pub(super) fn pack<'a>(
        &'a self,
        zstd: Option<&mut zstd::bulk::Compressor<'static>>,
        room: &'a mut Vec<u8>,
    ) -> (Packing, &'a [u8]) {
        let raw_len = self.raw.len();
        room.clear();
        room.reserve_exact(zstd::zstd_safe::compress_bound(raw_len));
        let done = zstd.and_then(|it| it.compress_to_buffer(&self.raw, room).ok());
        let bytes = match done {
            Some(len) if len < raw_len => &room[..len],
            _ => &self.raw,
        };
        (Packing { raw_len, len: bytes.len() }, bytes)
    }

    /// Becomes what was packed; it must be empty. `None` if that cannot be
    /// unpacked.
    pub(super) fn unpack(
        &mut self,
        packed: &[u8],
        how: Packing,
        zstd: &mut zstd::bulk::Decompressor<'static>,
    ) -> Option<()> {
        if how.len == how.raw_len {
            self.raw.extend_from_slice(packed);
        } else {
            self.raw.reserve_exact(how.raw_len);
            zstd.decompress_to_buffer(packed, &mut self.raw).ok()?;
        }
        let mut at = 0;
        while let Some(length) = self.raw.get(at..).and_then(<[u8]>::first_chunk) {
            self.starts.push(u32::try_from(at).unwrap_or(u32::MAX));
            at += PREFIX + u32::from_le_bytes(*length) as usize;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back_whatever_it_is() {
        let mut zstd = zstd::bulk::Compressor::new(1).unwrap();
        let mut unzstd = zstd::bulk::Decompressor::new().unwrap();
        let mut noise = fastrand::Rng::with_seed(7);
        let noisy: Vec<u8> = std::iter::repeat_with(|| noise.u8(..)).take(5000).collect();
        let mut room = Vec::new();
        for (entries, is_packed) in [
            (vec![&b""[..]], false),
            (vec![&b""[..], b"\0\xff", b""], false),
            (vec![&noisy[..], b"x"], false),
            (vec![&[b'a'; 5000][..], b"", b"b"], true),
        ] {
            let mut column = Column::default();
            for it in &entries {
                column.push(|out| out.extend_from_slice(it));
            }
            let (how, packed) = column.pack(Some(&mut zstd), &mut room);
            assert_eq!(packed.len() < column.raw_len(), is_packed);
            let packed = packed.to_owned();
            column.clear(0);
            column.unpack(&packed, how, &mut unzstd).unwrap();
            let back: Vec<_> = (0..column.len()).filter_map(|it| column.get(it)).collect();
            assert_eq!(back, entries);
            assert_eq!(column.get(entries.len()), None);
        }
    }
}
