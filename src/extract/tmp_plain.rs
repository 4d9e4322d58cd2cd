use super::{Block, BlockKind, Extract};
use crate::span::Span;
pub(crate) fn read(text: String) -> Extract {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let t = line.trim();
        if !t.is_empty() {
            let s = at + (line.len() - line.trim_start().len());
            blocks.push(Block { span: Span::new(s, s + t.len()), kind: BlockKind::Paragraph, page: None, bold: false, size: 0.0 });
        }
        at += line.len();
    }
    Extract { text, blocks, warnings: vec![] }
}
