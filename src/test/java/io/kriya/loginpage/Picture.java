package io.kriya.loginpage;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** A picture of a page for the documentation. */
final class Picture {

    private static final int MOST_COLORS = 256;

    /** Of a sheet. */
    private static final int COLUMNS = 6;

    private static final int COLUMN_WIDTH = 230;
    private static final int GAP = 10;

    private Picture() {}

    /** Puts pictures side by side, each as wide as the others, and the rows as high as the highest of theirs. */
    static void sheet(List<Path> files, Path sheet) throws IOException {
        var rows = new ArrayList<List<BufferedImage>>();
        for (int i = 0; i < files.size(); i += COLUMNS) {
            var row = new ArrayList<BufferedImage>();
            for (Path file : files.subList(i, Math.min(i + COLUMNS, files.size()))) {
                row.add(ImageIO.read(file.toFile()));
            }
            rows.add(row);
        }
        int height = rows.stream().mapToInt(row -> height(row) + GAP).sum();
        var image = new BufferedImage(COLUMNS * (COLUMN_WIDTH + GAP) + GAP, height + GAP, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.setColor(Color.GRAY);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        int y = GAP;
        for (List<BufferedImage> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                BufferedImage picture = row.get(column);
                int x = GAP + column * (COLUMN_WIDTH + GAP);
                pen.drawImage(picture, x, y, COLUMN_WIDTH, height(picture), null);
            }
            y += height(row) + GAP;
        }
        pen.dispose();
        ImageIO.write(image, "png", sheet.toFile());
        shrink(sheet);
    }

    private static int height(List<BufferedImage> row) {
        return row.stream().mapToInt(Picture::height).max().orElse(0);
    }

    private static int height(BufferedImage picture) {
        return picture.getHeight() * COLUMN_WIDTH / picture.getWidth();
    }

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
