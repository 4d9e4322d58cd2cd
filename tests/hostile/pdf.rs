//! PDF files that no office program writes.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Objects, numbered from 1, and the trailer's further keys.
pub(crate) struct Pdf {
    pub(crate) objects: Vec<Vec<u8>>,
    pub(crate) trailer: String,
}

/// `what`, so many times, compressed.
pub(crate) fn deflated(what: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..times {
        encoder.write_all(what).unwrap();
    }
    encoder.finish().unwrap()
}

pub(crate) fn stream(keys: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<</Length {} {keys}>>stream\n", bytes.len()).into_bytes();
    object.extend_from_slice(bytes);
    object.extend_from_slice(b"\nendstream");
    object
}

impl Pdf {
    /// One page with this content: Helvetica, A4.
    pub(crate) fn page(content: Vec<u8>) -> Self {
        Self {
            objects: vec![
                b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
                b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>/Contents 5 0 R>>".to_vec(),
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
                content,
            ],
            trailer: String::new(),
        }
    }

    /// A sound letter.
    pub(crate) fn sound() -> Self {
        Self::page(stream("", &text("Plans are weak and visits are late.")))
    }

    pub(crate) fn with(mut self, number: usize, object: impl Into<Vec<u8>>) -> Self {
        let at = number - 1;
        if self.objects.len() <= at {
            self.objects.resize(at + 1, b"null".to_vec());
        }
        self.objects[at] = object.into();
        self
    }

    pub(crate) fn trailer(mut self, keys: &str) -> Self {
        self.trailer = keys.to_owned();
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (index, object) in self.objects.iter().enumerate() {
            offsets.push(file.len());
            file.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
            file.extend_from_slice(object);
            file.extend_from_slice(b"\nendobj\n");
        }
        let table = file.len();
        let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1);
        for offset in &offsets {
            end += &format!("{offset:010} 00000 n \n");
        }
        end += &format!(
            "trailer<</Size {}/Root 1 0 R {}>>\nstartxref\n{table}\n%%EOF\n",
            offsets.len() + 1,
            self.trailer
        );
        file.extend_from_slice(end.as_bytes());
        file
    }
}

/// Instructions that show a line.
pub(crate) fn text(line: &str) -> Vec<u8> {
    format!("BT /F 12 Tf 72 700 Td ({line}) Tj ET").into_bytes()
}
