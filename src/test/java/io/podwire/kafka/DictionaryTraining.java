package io.podwire.kafka;

import com.github.luben.zstd.ZstdDictTrainer;

import io.podwire.codec.StateCodec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Makes the dictionary that states are packed with. To be run again where the form of states changes: what is packed
/// is never stored, so any dictionary will do, and the test of [Packing] tells when this one does badly.
final class DictionaryTraining {
    private static final Path TARGET =
            Path.of("src", "main", "resources", "io", "podwire", "kafka", "states.dictionary");
    private static final int STATES = 4_000;
    private static final int DICTIONARY_BYTES = 8 << 10;

    private DictionaryTraining() {}

    /// Writes the file of the source tree that it is run in.
    public static void main(String[] args) throws IOException {
        StateCodec codec = new StateCodec();
        VariedStates states = new VariedStates(1);
        List<byte[]> samples =
                Stream.generate(states::state).limit(STATES).map(codec::encode).toList();
        int bytes = samples.stream().mapToInt(sample -> sample.length).sum();
        ZstdDictTrainer trainer = new ZstdDictTrainer(bytes, DICTIONARY_BYTES);
        samples.forEach(trainer::addSample);
        Files.createDirectories(TARGET.getParent());
        Files.write(TARGET, trainer.trainSamples());
    }
}
