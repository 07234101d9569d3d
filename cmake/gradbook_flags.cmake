# How our code is compiled: gradbook_book for the book, gradbook_tool for the program. No global flags.

add_library(gradbook_book INTERFACE)
target_compile_features(gradbook_book INTERFACE cxx_std_20)
target_compile_options(gradbook_book INTERFACE ${GRADBOOK_BOOK_FLAGS})
target_include_directories(gradbook_book INTERFACE ${PROJECT_SOURCE_DIR}/modules)

add_library(gradbook_tool INTERFACE)
target_compile_features(gradbook_tool INTERFACE cxx_std_20)
target_compile_options(gradbook_tool INTERFACE -O1 -g1)
target_include_directories(
  gradbook_tool INTERFACE ${PROJECT_SOURCE_DIR}/tools ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/modules)

# What makes the emulator see what a kernel does: a call before every access, at every branch, and where an index leaves
# its array. A preset with sanitizers of its own, or made for speed, runs kernels without.
set(GRADBOOK_WATCH_FLAGS -O1 -g1 -fno-extern-tls-init -fsanitize=thread --param=tsan-instrument-func-entry-exit=0
                         -fsanitize=bounds -fsanitize-coverage=trace-pc)
set(GRADBOOK_KERNEL_FLAGS ${GRADBOOK_WATCH_FLAGS})
if(GRADBOOK_BOOK_FLAGS MATCHES "-fsanitize|-DGRADBOOK_FAST")
  set(GRADBOOK_KERNEL_FLAGS "")
endif()
add_library(gradbook_kernels INTERFACE)
target_compile_options(gradbook_kernels INTERFACE ${GRADBOOK_KERNEL_FLAGS})
add_library(gradbook_beside_kernels INTERFACE)
target_include_directories(gradbook_beside_kernels INTERFACE ${PROJECT_SOURCE_DIR})

# Warnings are errors for our code, never for a student's file
add_library(gradbook_warnings INTERFACE)
target_compile_options(gradbook_warnings INTERFACE -Wall -Wextra -Wpedantic -Werror)
