# Draws which thread of a block touches what: one panel for each array, direction and phase, from panels.txt in FOLDER.
# Given: folder, the array titles, columns, rows, threads
panels = |titles|
down = (panels + 2) / 3
set terminal svg size 940,70 + 300 * down dynamic noenhanced font "Helvetica,13" background rgb "white"
set output folder."/accesses.svg"
set multiplot layout down,3 margins 0.04,0.92,35.0 / (70 + 300 * down),1 - 30.0 / (70 + 300 * down) \
    spacing 0.05,65.0 / (70 + 300 * down)
set xrange [-0.5:columns - 0.5]
set yrange [rows - 0.5:-0.5]
set cbrange [0:threads - 1]
set palette defined (0 "#2b3f8c", 0.35 "#2f8fd8", 0.6 "#7fc97f", 0.8 "#f2c14e", 1 "#d9482b")
set tics out nomirror scale 0.4 font ",10"
set style fill solid 1 noborder
unset key
unset colorbox
do for [i = 0:panels - 1] {
  if (i == panels - 1) {
    set colorbox user origin 0.94,0.15 size 0.012,0.7
    set cblabel "thread of the block"
  }
  set title titles[i + 1] font ",11" offset 0,-0.6
  plot folder."/panels.txt" index i using 1:2:(0.46):(0.46):3 with boxxyerror palette
}
unset multiplot
