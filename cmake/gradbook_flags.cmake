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

# Warnings are errors for our code, never for a student's file
add_library(gradbook_warnings INTERFACE)
target_compile_options(gradbook_warnings INTERFACE -Wall -Wextra -Wpedantic -Werror)
