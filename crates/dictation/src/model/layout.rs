//! The shape of a Whisper model in whisper.cpp's ggml file: its numbers, and which tensors of
//! which shape and storage follow from them.
//!
//! One list for the writer (`ggml`, in this order) and for the reader (`check`, in any order).
//! Source: whisper.cpp `src/whisper.cpp`, `whisper_model_load`, and its converter's storage rules:
//! matrices are quantised; convolutions are 16-bit; biases, norms and positions 32-bit floats.

/// The header's numbers, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// Tokens, special ones included.
    pub vocabulary: usize,
    /// Encoder positions (1500: 30 s).
    pub audio_context: usize,
    /// Width of the encoder.
    pub audio_state: usize,
    /// Attention heads of the encoder.
    pub audio_heads: usize,
    /// Layers of the encoder.
    pub audio_layers: usize,
    /// Decoder positions (448).
    pub text_context: usize,
    /// Width of the decoder; the same as the encoder's.
    pub text_state: usize,
    /// Attention heads of the decoder.
    pub text_heads: usize,
    /// Layers of the decoder.
    pub text_layers: usize,
    /// Mel bands (80 or 128).
    pub mels: usize,
}

impl Numbers {
    /// In the order of the file.
    pub fn as_list(&self) -> [usize; 10] {
        [
            self.vocabulary,
            self.audio_context,
            self.audio_state,
            self.audio_heads,
            self.audio_layers,
            self.text_context,
            self.text_state,
            self.text_heads,
            self.text_layers,
            self.mels,
        ]
    }

    /// From the order of the file.
    pub fn from_list(list: [usize; 10]) -> Self {
        let [
            vocabulary,
            audio_context,
            audio_state,
            audio_heads,
            audio_layers,
            text_context,
            text_state,
            text_heads,
            text_layers,
            mels,
        ] = list;
        Self {
            vocabulary,
            audio_context,
            audio_state,
            audio_heads,
            audio_layers,
            text_context,
            text_state,
            text_heads,
            text_layers,
            mels,
        }
    }

    /// Whether these are the numbers of some Whisper model, tiny to large.
    pub fn is_plausible(&self) -> bool {
        let layers = [4, 6, 12, 24, 32];
        (51_864..=51_866).contains(&self.vocabulary)
            && self.audio_context == 1500
            && self.text_context == 448
            && [384, 512, 768, 1024, 1280].contains(&self.audio_state)
            && self.text_state == self.audio_state
            && self.audio_heads * 64 == self.audio_state
            && self.text_heads == self.audio_heads
            && layers.contains(&self.audio_layers)
            && [2, 4, 6, 12, 24, 32].contains(&self.text_layers)
            && [80, 128].contains(&self.mels)
    }
}

/// How a tensor is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// 32-bit floats.
    Full,
    /// 16-bit floats.
    Half,
    /// The file's quantised type.
    Quantised,
}

/// One tensor of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorSpec {
    /// whisper.cpp's name, as in OpenAI's checkpoint.
    pub name: String,
    /// Sizes, fastest-varying first (ggml's order).
    pub sizes: Vec<usize>,
    /// Storage.
    pub storage: Storage,
}

impl TensorSpec {
    /// Number of elements.
    pub fn elements(&self) -> usize {
        self.sizes.iter().product()
    }
}

/// Every tensor of a model with these numbers, in the order in which they are written.
pub fn tensors(numbers: &Numbers) -> Vec<TensorSpec> {
    let mut list = List::default();
    let (audio, text) = (numbers.audio_state, numbers.text_state);

    list.full(
        "decoder.positional_embedding",
        &[text, numbers.text_context],
    );
    list.matrix("decoder.token_embedding.weight", text, numbers.vocabulary);
    for layer in 0..numbers.text_layers {
        let block = format!("decoder.blocks.{layer}");
        list.attention(&format!("{block}.attn"), text);
        list.attention(&format!("{block}.cross_attn"), text);
        list.feed_forward(&block, text);
    }
    list.norm("decoder.ln", text);

    list.full(
        "encoder.positional_embedding",
        &[audio, numbers.audio_context],
    );
    list.convolution("encoder.conv1", numbers.mels, audio);
    list.convolution("encoder.conv2", audio, audio);
    for layer in 0..numbers.audio_layers {
        let block = format!("encoder.blocks.{layer}");
        list.attention(&format!("{block}.attn"), audio);
        list.feed_forward(&block, audio);
    }
    list.norm("encoder.ln_post", audio);
    list.0
}

#[derive(Default)]
struct List(Vec<TensorSpec>);

impl List {
    fn push(&mut self, name: &str, sizes: &[usize], storage: Storage) {
        self.0.push(TensorSpec {
            name: name.to_owned(),
            sizes: sizes.to_vec(),
            storage,
        });
    }

    fn full(&mut self, name: &str, sizes: &[usize]) {
        self.push(name, sizes, Storage::Full);
    }

    fn matrix(&mut self, name: &str, inputs: usize, outputs: usize) {
        self.push(name, &[inputs, outputs], Storage::Quantised);
    }

    fn linear(&mut self, name: &str, inputs: usize, outputs: usize) {
        self.matrix(&format!("{name}.weight"), inputs, outputs);
        self.full(&format!("{name}.bias"), &[outputs]);
    }

    fn norm(&mut self, name: &str, width: usize) {
        self.full(&format!("{name}.weight"), &[width]);
        self.full(&format!("{name}.bias"), &[width]);
    }

    fn convolution(&mut self, name: &str, inputs: usize, outputs: usize) {
        self.push(
            &format!("{name}.weight"),
            &[3, inputs, outputs],
            Storage::Half,
        );
        // The converter stores a convolution's bias as a column.
        self.full(&format!("{name}.bias"), &[1, outputs]);
    }

    /// Whisper's attention keys have no bias.
    fn attention(&mut self, name: &str, width: usize) {
        self.linear(&format!("{name}.query"), width, width);
        self.matrix(&format!("{name}.key.weight"), width, width);
        self.linear(&format!("{name}.value"), width, width);
        self.linear(&format!("{name}.out"), width, width);
        self.norm(&format!("{name}_ln"), width);
    }

    fn feed_forward(&mut self, block: &str, width: usize) {
        self.linear(&format!("{block}.mlp.0"), width, 4 * width);
        self.linear(&format!("{block}.mlp.2"), 4 * width, width);
        self.norm(&format!("{block}.mlp_ln"), width);
    }
}
