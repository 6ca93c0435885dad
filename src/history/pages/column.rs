//! One part of each delivery of a page, concatenated, and its compressed form.
//!
//! Each entry is preceded by its length (32 bits, little-endian), so that the
//! bytes alone are enough to find the entries.

use zstd::zstd_safe::{DCtx, InBuffer, OutBuffer};

/// Entries that can be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    raw: Vec<u8>,
    /// The offset of each entry's length in `raw`.
    starts: Vec<u32>,
}

/// Bytes of an entry's length.
pub(super) const PREFIX: usize = 4;

/// The sizes of a compressed column. They are equal where compression gains
/// nothing; then the bytes are stored as they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct CompressedSize {
    pub(super) raw_len: usize,
    /// Compressed size in bytes.
    pub(super) len: usize,
}

impl Column {
    /// The number of entries.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The size of all entries in bytes, with their lengths.
    pub(super) fn raw_len(&self) -> usize {
        self.raw.len()
    }

    /// The memory use in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.raw.capacity() + self.starts.capacity() * size_of::<u32>()
    }

    /// An entry, or what there is of it after [`Self::decompress_beginning`].
    pub(super) fn get(&self, index: usize) -> Option<&[u8]> {
        let start = *self.starts.get(index)? as usize + PREFIX;
        let end = start + self.entry_len(index)?;
        self.raw.get(start..end.min(self.raw.len()))
    }

    /// The size of an entry in bytes, also of one that is there in part.
    pub(super) fn entry_len(&self, index: usize) -> Option<usize> {
        let start = *self.starts.get(index)? as usize;
        self.raw.get(start..)?.first_chunk().map(|it| u32::from_le_bytes(*it) as usize)
    }

    /// Appends an entry: the bytes that `write` appends.
    pub(super) fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.raw.len();
        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        self.raw.extend_from_slice(&[0; PREFIX]);
        write(&mut self.raw);
        let length = u32::try_from(self.raw.len() - start - PREFIX).unwrap_or(u32::MAX);
        self.raw[start..start + PREFIX].copy_from_slice(&length.to_le_bytes());
    }

    /// Reserves memory for exactly `bytes` more, without doubling.
    pub(super) fn reserve_exact(&mut self, bytes: usize) {
        self.raw.reserve_exact(bytes);
    }

    /// Removes all entries, and keeps at most `capacity` bytes of memory.
    pub(super) fn clear(&mut self, capacity: usize) {
        self.starts.clear();
        self.raw.clear();
        self.raw.shrink_to(capacity);
    }

    /// The bytes, compressed in `buffer` if that makes them fewer.
    pub(super) fn compress<'a>(
        &'a self,
        zstd: Option<&mut zstd::bulk::Compressor<'static>>,
        buffer: &'a mut Vec<u8>,
    ) -> (CompressedSize, &'a [u8]) {
        let raw_len = self.raw.len();
        buffer.clear();
        buffer.reserve_exact(zstd::zstd_safe::compress_bound(raw_len));
        let compressed = zstd.and_then(|it| it.compress_to_buffer(&self.raw, buffer).ok());
        let bytes = match compressed {
            Some(len) if len < raw_len => &buffer[..len],
            _ => &self.raw,
        };
        (CompressedSize { raw_len, len: bytes.len() }, bytes)
    }

    /// Fills this column, which must be empty, with the bytes of [`Self::compress`]. `None` if they
    /// cannot be decompressed.
    pub(super) fn decompress(
        &mut self,
        compressed: &[u8],
        size: CompressedSize,
        zstd: &mut zstd::bulk::Decompressor<'static>,
    ) -> Option<()> {
        if size.len == size.raw_len {
            self.raw.extend_from_slice(compressed);
        } else {
            self.raw.reserve_exact(size.raw_len);
            zstd.decompress_to_buffer(compressed, &mut self.raw).ok()?;
        }
        self.find_entries();
        Some(())
    }

    /// As [`Self::decompress`], but only the first `limit` bytes.
    pub(super) fn decompress_beginning(
        &mut self,
        compressed: &[u8],
        size: CompressedSize,
        limit: usize,
    ) -> Option<()> {
        let wanted = limit.min(size.raw_len);
        if size.len == size.raw_len {
            self.raw.extend_from_slice(compressed.get(..wanted)?);
        } else {
            self.raw.resize(wanted, 0);
            // It has a window of half a MiB, so it is not kept.
            let mut zstd = DCtx::try_create()?;
            let mut input = InBuffer::around(compressed);
            let mut output = OutBuffer::around(&mut self.raw[..]);
            while output.pos() < wanted && input.pos() < compressed.len() {
                zstd.decompress_stream(&mut output, &mut input).ok()?;
            }
        }
        self.find_entries();
        Some(())
    }

    fn find_entries(&mut self) {
        let mut at = 0;
        while let Some(length) = self.raw.get(at..).and_then(<[u8]>::first_chunk) {
            self.starts.push(u32::try_from(at).unwrap_or(u32::MAX));
            at += PREFIX + u32::from_le_bytes(*length) as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_entries_are_decompressed_unchanged() {
        let mut zstd = zstd::bulk::Compressor::new(1).unwrap();
        let mut unzstd = zstd::bulk::Decompressor::new().unwrap();
        let mut random = fastrand::Rng::with_seed(7);
        let noise: Vec<u8> = std::iter::repeat_with(|| random.u8(..)).take(5000).collect();
        let mut buffer = Vec::new();
        for (entries, is_compressed) in [
            (vec![&b""[..]], false),
            (vec![&b""[..], b"\0\xff", b""], false),
            (vec![&noise[..], b"x"], false),
            (vec![&[b'a'; 5000][..], b"", b"b"], true),
        ] {
            let mut column = Column::default();
            for it in &entries {
                column.push(|out| out.extend_from_slice(it));
            }
            let (size, compressed) = column.compress(Some(&mut zstd), &mut buffer);
            assert_eq!(compressed.len() < column.raw_len(), is_compressed);
            let compressed = compressed.to_owned();
            column.clear(0);
            column.decompress(&compressed, size, &mut unzstd).unwrap();
            let decompressed: Vec<_> = (0..column.len()).filter_map(|it| column.get(it)).collect();
            assert_eq!(decompressed, entries);
            assert_eq!(column.get(entries.len()), None);
            for limit in 0..=size.raw_len {
                column.clear(0);
                column.decompress_beginning(&compressed, size, limit).unwrap();
                assert_eq!(column.raw_len(), limit);
                let last = column.len().checked_sub(1);
                assert!((0..column.len()).all(|it| {
                    let (read, entry) = (column.get(it).unwrap(), entries[it]);
                    column.entry_len(it) == Some(entry.len())
                        && (Some(it) == last && entry.starts_with(read) || read == entry)
                }));
            }
        }
    }
}
