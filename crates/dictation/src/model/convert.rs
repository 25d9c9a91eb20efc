//! A CTranslate2 Whisper model as whisper.cpp's q5_1 ggml file.
//!
//! CTranslate2 stacks query, key and value into one matrix; here they are taken apart again. The
//! same input gives the same bytes; the result for the catalogue's package is pinned there.

use super::ModelError;
use super::ct2::Ct2;
use super::ggml;
use super::layout::Numbers;

/// A CTranslate2 model: weights, and tokens in order of id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The bytes of `model.bin`.
    pub model: Vec<u8>,
    /// The text tokens, see [`vocabulary`](super::vocabulary).
    pub tokens: Vec<Vec<u8>>,
}

/// Converts; the answer has passed [`check`](super::check()).
pub fn convert(source: &Source) -> Result<Vec<u8>, ModelError> {
    let model = Ct2::parse(&source.model)?;
    let numbers = numbers(&model)?;
    if source.tokens.len() > numbers.vocabulary {
        return Err(ModelError::malformed("the vocabulary is not this model's"));
    }
    let bytes = ggml::write(&numbers, &source.tokens, &mut |spec| {
        weights(&model, &spec.name, spec.elements())
    })?;
    super::check(&bytes)?;
    Ok(bytes)
}

fn numbers(model: &Ct2<'_>) -> Result<Numbers, ModelError> {
    let sizes = |name: &str| -> Result<[usize; 2], ModelError> {
        match *model.tensor(name)?.sizes {
            [rows, columns] | [rows, columns, _] => Ok([rows, columns]),
            _ => Err(ModelError::malformed(format!("{name} is not a matrix"))),
        }
    };
    let heads = |name: &str| -> Result<usize, ModelError> {
        let heads = model.tensor(name)?.integer();
        heads.ok_or_else(|| ModelError::malformed(format!("{name} is not a number")))
    };
    let [audio_context, audio_state] = sizes("encoder/position_encodings/encodings")?;
    let [text_context, text_state] = sizes("decoder/position_encodings/encodings")?;
    let [vocabulary, _] = sizes("decoder/embeddings/weight")?;
    let [_, mels] = sizes("encoder/conv1/weight")?;
    let layer_end = "/ffn/layer_norm/beta";
    let numbers = Numbers {
        vocabulary,
        audio_context,
        audio_state,
        audio_heads: heads("encoder/num_heads")?,
        audio_layers: model.count_layers("encoder/layer_", layer_end),
        text_context,
        text_state,
        text_heads: heads("decoder/num_heads")?,
        text_layers: model.count_layers("decoder/layer_", layer_end),
        mels,
    };
    if numbers.is_plausible() {
        Ok(numbers)
    } else {
        Err(ModelError::malformed(
            "its shape is not that of a Whisper model",
        ))
    }
}

/// The weights of the tensor that whisper.cpp calls `name`.
fn weights(model: &Ct2<'_>, name: &str, elements: usize) -> Result<Vec<f32>, ModelError> {
    let Some(Place { name: source, part }) = place(name) else {
        return Err(ModelError::malformed(format!("{name} has no counterpart")));
    };
    let all = model.tensor(&source)?.floats()?;
    // Parts are stacked by rows, so each is one contiguous stretch.
    let start = part * elements;
    all.get(start..start + elements)
        .map(<[f32]>::to_vec)
        .ok_or_else(|| ModelError::malformed(format!("{source} is too short")))
}

/// Where CTranslate2 keeps a tensor: its name, and which of the stacked parts.
struct Place {
    name: String,
    part: usize,
}

/// Translates whisper.cpp's name.
fn place(name: &str) -> Option<Place> {
    let (side, rest) = name.split_once('.')?;
    let whole = |name: String| Some(Place { name, part: 0 });
    if rest == "positional_embedding" {
        return whole(format!("{side}/position_encodings/encodings"));
    }
    let (path, ending) = rest.rsplit_once('.')?;
    let norm = if ending == "weight" { "gamma" } else { "beta" };
    match path {
        "token_embedding" => return whole(format!("{side}/embeddings/weight")),
        "conv1" | "conv2" => return whole(format!("{side}/{path}/{ending}")),
        "ln" | "ln_post" => return whole(format!("{side}/layer_norm/{norm}")),
        _ => {}
    }
    let (layer, path) = path.strip_prefix("blocks.")?.split_once('.')?;
    let layer = format!("{side}/layer_{layer}");
    let (name, part) = match path {
        "attn.query" => (format!("self_attention/linear_0/{ending}"), 0),
        "attn.key" => (format!("self_attention/linear_0/{ending}"), 1),
        "attn.value" => (format!("self_attention/linear_0/{ending}"), 2),
        "attn.out" => (format!("self_attention/linear_1/{ending}"), 0),
        "attn_ln" => (format!("self_attention/layer_norm/{norm}"), 0),
        "cross_attn.query" => (format!("attention/linear_0/{ending}"), 0),
        "cross_attn.key" => (format!("attention/linear_1/{ending}"), 0),
        "cross_attn.value" => (format!("attention/linear_1/{ending}"), 1),
        "cross_attn.out" => (format!("attention/linear_2/{ending}"), 0),
        "cross_attn_ln" => (format!("attention/layer_norm/{norm}"), 0),
        "mlp.0" => (format!("ffn/linear_0/{ending}"), 0),
        "mlp.2" => (format!("ffn/linear_1/{ending}"), 0),
        "mlp_ln" => (format!("ffn/layer_norm/{norm}"), 0),
        _ => return None,
    };
    Some(Place {
        name: format!("{layer}/{name}"),
        part,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::layout::tensors;

    #[test]
    fn every_tensor_has_a_counterpart() {
        let numbers = Numbers::from_list([51_864, 1500, 384, 6, 4, 448, 384, 6, 4, 80]);
        for spec in tensors(&numbers) {
            assert!(place(&spec.name).is_some(), "{}", spec.name);
        }
        let value = place("decoder.blocks.2.cross_attn.value.bias").unwrap();
        assert_eq!(value.name, "decoder/layer_2/attention/linear_1/bias");
        assert_eq!(value.part, 1);
    }

    #[test]
    fn what_is_no_whisper_model_is_refused() {
        let source = Source {
            model: crate::model::ct2::tests::file(&[]),
            tokens: vec![],
        };
        let error = convert(&source).unwrap_err().to_string();
        assert!(error.contains("missing"), "{error}");
    }
}
