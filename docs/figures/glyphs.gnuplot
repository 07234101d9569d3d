# Draws DIR/glyphs.svg from DIR/glyphs.tsv: gnuplot -e "folder='DIR'" glyphs.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 640,200 dynamic enhanced font "Helvetica,15"
set output folder."/glyphs.svg"

unset key
unset colorbox
unset tics
unset border
set margins 0,0,0,0
set xrange [-0.5:447.5]
set palette gray negative
set cbrange [0:1]
set size ratio -1
set yrange [139.5:-0.5]
plot folder."/glyphs.tsv" matrix with image
