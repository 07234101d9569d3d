# recipe.json: tells the program how a student's file is compiled and what it is linked with.

# mold links in a quarter of the time; without it everything works, a little later
find_program(GRADBOOK_MOLD mold)
set(link_flags "")
if(GRADBOOK_MOLD)
  set(link_flags "\"-fuse-ld=mold\"")
endif()
set(sanitize ${GRADBOOK_BOOK_FLAGS})
list(FILTER sanitize INCLUDE REGEX "^-fsanitize")
foreach(flag IN LISTS sanitize)
  list(APPEND link_flags "\"${flag}\"")
endforeach()
list(JOIN link_flags ", " link_flags)

# GCC's nm loads its own plugin alone, where the other loads that of every LLVM there is, a tenth of a second each time
find_program(GRADBOOK_NM NAMES gcc-nm)
if(NOT GRADBOOK_NM)
  set(GRADBOOK_NM ${CMAKE_NM})
endif()

list(TRANSFORM GRADBOOK_BOOK_FLAGS REPLACE "(.+)" "\"\\1\"" OUTPUT_VARIABLE flags)
list(JOIN flags ", " flags)
list(TRANSFORM CMAKE_CXX_COMPILE_OPTIONS_USE_PCH REPLACE "(.+)" "\"\\1\"" OUTPUT_VARIABLE use_pch)
list(JOIN use_pch ", " use_pch)
get_property(modules GLOBAL PROPERTY GRADBOOK_RECIPES)
list(JOIN modules ",\n    " modules)

# What modules with kernels are compiled and linked with besides; where they are not handed out, there are none
get_property(kernel_modules GLOBAL PROPERTY GRADBOOK_KERNEL_MODULES)
list(JOIN kernel_modules ", " kernel_modules)
set(kernel_flags -I ${PROJECT_SOURCE_DIR} ${GRADBOOK_KERNEL_FLAGS})
list(TRANSFORM kernel_flags REPLACE "(.+)" "\"\\1\"")
list(JOIN kernel_flags ", " kernel_flags)

# Nor are hidden cases, which could run on a GPU too
if(NOT DEFINED GRADBOOK_GPU_RECIPE)
  set(GRADBOOK_GPU_RECIPE "\"nvcc\": \"\", \"flags\": [], \"link_flags\": []")
endif()

# Objects of references fit where machine and compiler are the same: "x86_64-linux-gnu-g++-12"
set(machine ${CMAKE_CXX_LIBRARY_ARCHITECTURE})
if(NOT machine)
  string(TOLOWER ${CMAKE_SYSTEM_PROCESSOR}-${CMAKE_SYSTEM_NAME} machine)
endif()
string(REGEX MATCH "^[0-9]+" compiler_major ${CMAKE_CXX_COMPILER_VERSION})
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(compiler_name g++)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(compiler_name clang++)
else()
  string(TOLOWER ${CMAKE_CXX_COMPILER_ID} compiler_name)
endif()
set(platform ${machine}-${compiler_name}-${compiler_major})

file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/recipe.json @ONLY CONTENT [[
{
  "compiler": "@CMAKE_CXX_COMPILER@",
  "compiler_id": "@CMAKE_CXX_COMPILER_ID@ @CMAKE_CXX_COMPILER_VERSION@",
  "platform": "@platform@",
  "archiver": "@CMAKE_AR@",
  "strip": "@CMAKE_STRIP@",
  "symbols": "@GRADBOOK_NM@",
  "object_copier": "@CMAKE_OBJCOPY@",
  "flags": ["-std=c++20", @flags@],
  "use_pch": [@use_pch@],
  "link_flags": [@link_flags@],
  "kernels": {
    "modules": [@kernel_modules@],
    "flags": [@kernel_flags@],
    "emulator": "kernels/libgradbook_emulator.a",
    "libraries": ["-lboost_context", "-lbacktrace"],
    "ran_on": "emulated (@gradbook_gpu_status@)"
  },
  "gpu": {@GRADBOOK_GPU_RECIPE@},
  "given": {
    @modules@
  }
}
]])
