//! Style, script and the content security policy of the page.
//!
//! The policy names the one style sheet and the one script by the hash of their bytes, so that nothing else on the
//! page can run or restyle it, whatever a document holds. Style attributes are refused by it too: geometry stands in
//! attributes of SVG.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What the head of the page holds.
pub(super) struct Sheet {
    pub(super) style: String,
    pub(super) script: &'static str,
    pub(super) policy: String,
}

/// The sheet of a page with so many themes and visits.
pub(super) fn sheet(themes: usize, visits: usize) -> Sheet {
    let mut style = STYLE.to_owned();
    filters(&mut style, themes, visits);
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(&style),
        hash(SCRIPT)
    );
    Sheet {
        style,
        script: SCRIPT,
        policy,
    }
}

/// Ids of which the style speaks.
const IDS: [&str; 7] = ["hatch", "dots", "filters", "theme", "polarity", "visit", "only"];
/// Where the colours for a dark page begin and end.
const DARK: (&str, &str) = ("@media (prefers-color-scheme:dark){", "}}\n");

/// The sheet of a part of another page: it holds within that part, names the ids as they stand there, and knows light
/// colours only, since a light page may be around it on a dark screen.
pub(super) fn fragment(themes: usize, visits: usize) -> Sheet {
    let whole = sheet(themes, visits);
    let mut style = whole.style;
    if let Some((before, dark)) = style.split_once(DARK.0)
        && let Some((_, after)) = dark.split_once(DARK.1)
    {
        style = format!("{before}{after}");
    }
    for id in IDS {
        style = style.replace(&format!("#{id}"), &format!("#findings-{id}"));
    }
    for (of_page, of_part) in [
        (":root{", ":scope{"),
        ("\nhtml{", "\n:scope{"),
        ("\nbody{margin:0}", ""),
        ("color-scheme:light dark", "color-scheme:light"),
    ] {
        style = style.replace(of_page, of_part);
    }
    Sheet {
        style: format!("@scope (.findings-report){{\n{style}}}\n"),
        script: "",
        policy: String::new(),
    }
}

/// Filters that work without script: what is chosen in a list mutes, or hides, the sentences that do not match.
///
/// `:has` stands on the form alone, which is small and closed before the letters begin: on an ancestor of the letters the
/// browser would look at it anew for every element that it reads.
fn filters(style: &mut String, themes: usize, visits: usize) {
    let mut filter = |chosen: &[(&str, &str)], keeps: &str| {
        let chosen: String = chosen
            .iter()
            .map(|(list, value)| format!(":has(#{list} option[value={value}]:checked)"))
            .collect();
        writeln!(
            style,
            "#filters{chosen}~.letters{{.s:not({keeps}){{background:none;border-color:transparent;color:var(--muted);\
             & u{{background:none}}& .k{{visibility:hidden}}}}}}\n\
             #filters{chosen}:has(#only:checked)~.letters{{.s:not({keeps}),.block:not({keeps}){{display:none}}}}"
        )
        .expect("to a string");
    };
    for (value, keeps) in [("p", ".p,.m"), ("c", ".c,.m"), ("m", ".m"), ("n", ".n")] {
        filter(&[("polarity", value)], keeps);
    }
    for theme in 0..themes {
        let class = format!("t{theme}");
        filter(&[("theme", &class)], &format!(".{class}"));
        // Theme and polarity together have to be met by one label.
        for tone in ["p", "c", "n"] {
            filter(
                &[("theme", &class), ("polarity", tone)],
                &format!(".{class}{tone}"),
            );
        }
    }
    for visit in 0..visits {
        writeln!(
            style,
            "#filters:has(#visit option[value=v{visit}]:checked)~.letters .letter:not(.v{visit}){{display:none}}"
        )
        .expect("to a string");
    }
}

/// The hash of a source as a content security policy names it.
fn hash(source: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(source.as_bytes())))
}

/// Base64 with padding (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, n| {
            bits << 8 | u32::from(chunk.get(n).copied().unwrap_or(0))
        });
        for n in 0..4 {
            if n <= chunk.len() {
                let six = (bits >> (18 - 6 * n)) & 63;
                text.push(char::from(ALPHABET[six as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_the_standard() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn the_hash_is_of_the_bytes() {
        // openssl dgst -sha256 -binary < /dev/null | base64
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn style_and_script_cannot_end_their_element() {
        for source in [STYLE, SCRIPT] {
            assert!(!source.contains("</") && !source.contains("<!--") && !source.contains('\r'));
        }
    }
}
