//! The scale on which answer times are counted.

/// Buckets for each power of two of a time: 4 to 6 % wide.
pub(super) const STEPS: u32 = 16;
/// Buckets for all times of 32 bits: one for each µs below [`STEPS`], then `STEPS`
/// for each power of two.
pub(super) const BUCKETS: usize = ((u32::BITS - STEPS.ilog2() + 1) * STEPS) as usize;

/// The bucket of a time in microseconds: exact below 16 µs, then 16 for each power of two.
pub(super) fn bucket(took: u32) -> usize {
    if took < STEPS {
        return took as usize;
    }
    let doubling = took.ilog2() - STEPS.ilog2();
    ((doubling + 1) * STEPS + ((took >> doubling) - STEPS)) as usize
}

/// The time in the middle of a bucket: at most 4 % from each that is in it.
pub(super) fn middle(bucket: usize) -> u32 {
    let least = bucket.checked_sub(1).map_or(0, |it| upper_end(it).saturating_add(1));
    least.midpoint(upper_end(bucket))
}

/// The longest time in a bucket.
fn upper_end(bucket: usize) -> u32 {
    let bucket = u32::try_from(bucket).unwrap_or_default();
    if bucket < STEPS {
        return bucket;
    }
    let (doubling, step) = (bucket / STEPS - 1, bucket % STEPS);
    let end = (u64::from(STEPS + step + 1) << doubling) - 1;
    u32::try_from(end).unwrap_or(u32::MAX)
}

/// The bucket in which a fraction of all counted times is reached; `None` without one.
pub(super) fn quantile(counts: impl Iterator<Item = u64> + Clone, fraction: f64) -> Option<usize> {
    let all: u64 = counts.clone().sum();
    let target = (all as f64 * fraction).max(1.0);
    let mut seen = 0;
    counts.into_iter().position(|count| {
        seen += count;
        target <= seen as f64
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_bucket_is_near_each_time_in_it() {
        for took in (0..40_000).chain([65_535, 1_700_000, 2_000_000, u32::MAX]) {
            let bucket = bucket(took);
            assert!(bucket < BUCKETS);
            let (least, end) = (bucket.checked_sub(1).map(upper_end), upper_end(bucket));
            assert!(least < Some(took) && took <= end, "{least:?} < {took} <= {end}");
            let distance = u64::from(middle(bucket).abs_diff(took));
            assert!(distance * 100 <= u64::from(took) * 4, "{took} ~ {}", middle(bucket));
        }
    }
}
