//! Ids that other programs want, made from what they name: the same for the same, on every run and machine.

use sha2::{Digest, Sha256};

/// A UUID of version 8 (RFC 9562: of one's own making) from the SHA-256 of `parts`.
///
/// Themes keep theirs from export to export, so that programs know them again; so do sentences, as long as their document and
/// place stay.
pub(super) fn guid(kind: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in [&["findings", kind], parts].concat() {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut bytes: Vec<u8> = hash.finalize().iter().take(16).copied().collect();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::guid;

    #[test]
    fn the_same_things_have_the_same_ids() {
        let one = guid("code", &["plans"]);
        assert_eq!(one, guid("code", &["plans"]));
        for other in [
            guid("set", &["plans"]),
            guid("code", &["plan", "s"]),
            guid("code", &[]),
        ] {
            assert_ne!(one, other);
        }
        let lengths: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(&one[14..15], "8");
    }
}
