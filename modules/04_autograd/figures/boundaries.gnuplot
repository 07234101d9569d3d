# Draws DIR/boundaries.svg from DIR/SET_points.tsv and DIR/SET_plane.tsv: gnuplot -e "folder='DIR'" boundaries.gnuplot
if (!exists("folder")) folder = "."
set terminal svg size 720,500 dynamic enhanced font "Helvetica,15" linewidth 1.2
set output folder."/boundaries.svg"

# Middle tones on no background: readable on a light page and on a dark one
set border 15 linecolor rgb "#808890"
unset tics
unset key
set size square
set xrange [0:1]
set yrange [0:1]

# Where the probability is a half
sets = "simple diag split xor circle spiral"
set contour base
set cntrparam levels discrete 0.5
unset surface
do for [name in sets] {
  set table folder."/".name."_line.tsv"
  splot folder."/".name."_plane.tsv" skip 1 using 1:2:3 with lines
  unset table
}
unset contour

set multiplot layout 2,3 margins 0.02,0.98,0.02,0.94 spacing 0.03,0.07
do for [name in sets] {
  set title name offset 0,-0.6 textcolor rgb "#808890"
  plot folder."/".name."_line.tsv" using 1:2 with lines linewidth 2 linecolor rgb "#808890", \
       folder."/".name."_points.tsv" skip 1 using ($3 > 0.5 ? $1 : NaN):2 with points pointtype 7 pointsize 0.45 linecolor rgb "#2f8fd8", \
       folder."/".name."_points.tsv" skip 1 using ($3 < 0.5 ? $1 : NaN):2 with points pointtype 6 pointsize 0.5 linecolor rgb "#d97a2b"
}
unset multiplot
