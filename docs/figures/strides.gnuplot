# Draws DIR/strides.svg from the tables of strides.cpp: grids, strips, and the arcs between their cells
if (!exists("folder")) folder = "."
set terminal svg size 480,730 dynamic noenhanced font "Helvetica,15" linewidth 1.2
set output folder."/strides.svg"
table(name) = folder."/strides_".name.".tsv"
set datafile separator "\t"

unset border
unset tics
unset key
set margins 0, 0, 0, 0
set xrange [-0.2:11.3]
set yrange [-17.2:0.4]
set style fill solid 1 border rgb "black"

# Columns of another kind become NaN, so that each plot shows its own
only(column_of_kind, kind, what) = column(column_of_kind) == kind ? what : NaN
plot table("cells") skip 1 using (only(4, 0, $1)):2:(0.5):(0.5) with boxxyerror fillcolor rgb "#eeffffff" linewidth 0.8, \
     table("cells") skip 1 using (only(4, 2, $1)):2:(0.5):(0.5) with boxxyerror fillcolor rgb "#eeffffff" linewidth 0.8, \
     table("cells") skip 1 using (only(4, 1, $1)):2:(0.5):(0.5) with boxxyerror fillcolor rgb "#b02f8fd8" linewidth 0.8, \
     table("cells") skip 1 using 1:2:3 with labels, \
     table("arcs") skip 1 using 1:(only(3, 1, $2)) with lines linewidth 1.8 linecolor rgb "#2f8fd8", \
     table("arcs") skip 1 using 1:(only(3, 0, $2)) with lines linewidth 1.8 linecolor rgb "#d97a2b", \
     table("heads") skip 1 using (only(5, 1, $1)):2:3:4 with vectors head filled size 0.2,25 fixed linewidth 1.8 linecolor rgb "#2f8fd8", \
     table("heads") skip 1 using (only(5, 0, $1)):2:3:4 with vectors head filled size 0.2,25 fixed linewidth 1.8 linecolor rgb "#d97a2b", \
     table("words") skip 1 using 1:2:3 with labels left, \
     table("steps") skip 1 using (only(4, 1, $1)):2:3 with labels right textcolor rgb "#2f8fd8", \
     table("steps") skip 1 using (only(4, 0, $1)):2:3 with labels right textcolor rgb "#d97a2b"
