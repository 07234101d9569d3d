# Draws DIR/picture.svg from DIR/drawing.tsv and the four that were made of it: gnuplot -e "folder='DIR'" picture.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 620,440 dynamic enhanced font "Helvetica,15"
set output folder."/picture.svg"

unset key
unset colorbox
unset tics
set border linecolor rgb "#808890"
set palette gray
set cbrange [0:1]
set size ratio -1
set yrange [:] reverse
set title textcolor rgb "#808890" offset 0,-0.4

set multiplot layout 2,3 margins 0.02,0.98,0.02,0.93 spacing 0.03,0.09
do for [name in "drawing blurred edges turned split"] {
  set title name
  plot folder."/".name.".tsv" matrix with image
}
unset multiplot
