package io.kriya.loginpage;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import javax.imageio.ImageIO;

/** A picture of a page for the documentation. */
final class Picture {

    private static final int MOST_COLORS = 256;

    private Picture() {}

    /** Leaves it the colours that it has most of, which makes less than half of it. */
    static void shrink(Path file) throws IOException {
        BufferedImage full = ImageIO.read(file.toFile());
        int width = full.getWidth();
        int height = full.getHeight();
        int[] pixels = full.getRGB(0, 0, width, height, null, 0, width);
        int[] colors = Arrays.stream(pixels).boxed().collect(groupingBy(color -> color, counting())).entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_COLORS)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        var palette = new IndexColorModel(8, colors.length, colors, 0, false, -1, DataBuffer.TYPE_BYTE);
        var shrunk = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette);
        shrunk.setRGB(0, 0, width, height, pixels, 0, width);
        ImageIO.write(shrunk, "png", file.toFile());
    }
}
