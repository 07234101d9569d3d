# Draws DIR/tile_by_tile.svg from DIR/tile_by_tile.tsv: gnuplot -e "folder='DIR'" tile_by_tile.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 640,460 dynamic noenhanced font "Helvetica,14" linewidth 1
set output folder."/tile_by_tile.svg"
set datafile separator "\t"

# Middle tones on no background: readable on a light page and on a dark one
set border 15 linecolor rgb "#808890"
unset tics
unset key
set style fill solid 1 noborder
set xrange [-0.5:31.5]
set yrange [31.5:-0.5]
set size ratio 1
array titles = ["A, without tiles", "A, first tile", "A, second tile", "B, without tiles", "B, first tile", "B, second tile"]
set multiplot layout 2,3 margins 0.02,0.98,0.09,0.93 spacing 0.03,0.11
do for [panel = 0:5] {
  set title titles[panel + 1] textcolor rgb "#808890" offset 0,-0.5
  set xlabel (panel % 3 == 0 ? "each number 16 times" : "each number once") textcolor rgb "#808890" offset 0,0.6
  plot folder."/tile_by_tile.tsv" skip 1 using ($1 == panel && $4 == 1 ? $2 : NaN):3:(0.42):(0.42) with boxxyerror linecolor rgb "#2f8fd8", \
       "" skip 1 using ($1 == panel && $4 > 1 ? $2 : NaN):3:(0.42):(0.42) with boxxyerror linecolor rgb "#d97a2b"
}
unset multiplot
