# gradbook_module(DIRECTORY): declares a module of the book from its folder and its module.toml.
#
# It makes object libraries only; the program links the objects, since for each exercise it decides anew whose
# object takes part. Of DIRECTORY 02_scalar they are
#   02_scalar_given      modules/02_scalar/*.cpp but main.cpp and main_*.cpp
#   02_scalar_reference  solutions/02_scalar/*.cpp, and the headers that students' files are compiled with
#   02_scalar_02_topological_sort_reference  the same of one exercise, where it names headers of its own
#   02_scalar_public     tests/02_scalar/*_test.cpp
#   02_scalar_worker     tests/02_scalar/hidden/*_cases.cpp, as the worker needs them
#   02_scalar_judge      the same, as the judge needs them
#   02_scalar_main       modules/02_scalar/main.cpp and main_*.cpp, where it is in several files
# What is not there (solutions and hidden cases, in a handout) is left out; the headers stay.
# A module that says `kernels = true` includes kernels/, and its given code and its exercises are compiled as kernels are.

# An object library that is built on demand, with the warnings of our code
function(gradbook_objects target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "REUSE" "SOURCES;HEADERS;DEFINITIONS;LIBRARIES")
  if(NOT arg_SOURCES)
    return()
  endif()
  add_library(${target} OBJECT EXCLUDE_FROM_ALL ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE gradbook_book gradbook_warnings ${arg_LIBRARIES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${target} PRIVATE ${arg_DEFINITIONS})
  if(arg_HEADERS)
    target_precompile_headers(${target} PRIVATE ${arg_HEADERS})
  endif()
  if(arg_REUSE)
    target_precompile_headers(${target} REUSE_FROM ${arg_REUSE})
  endif()
endfunction()

function(gradbook_module directory)
  set(module ${PROJECT_SOURCE_DIR}/modules/${directory})
  set(tests ${PROJECT_SOURCE_DIR}/tests/${directory})
  set(solutions ${PROJECT_SOURCE_DIR}/solutions/${directory})
  file(GLOB given ${module}/*.cpp)
  file(GLOB main ${module}/main.cpp ${module}/main_*.cpp)
  list(REMOVE_ITEM given ${main})
  set(as_kernels "")
  set(beside_kernels "")
  if(EXISTS ${module}/module.toml)
    file(STRINGS ${module}/module.toml kernels REGEX "^kernels = true")
    if(kernels)
      set_property(GLOBAL APPEND PROPERTY GRADBOOK_KERNEL_MODULES "\"${directory}\"")
      set(as_kernels gradbook_beside_kernels gradbook_kernels)
      set(beside_kernels gradbook_beside_kernels)
    endif()
  endif()
  gradbook_objects(${directory}_given SOURCES ${given} LIBRARIES ${as_kernels})

  # The exercises are those that module.toml names
  set(stems "")
  if(EXISTS ${module}/module.toml)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${module}/module.toml)
    set(number 0)
    set(headers "")
    file(STRINGS ${module}/module.toml lines REGEX "^(name|precompiled) = ")
    foreach(line IN LISTS lines)
      if(line MATCHES "^precompiled")
        # Of the module where no exercise was named yet; else of the last one, besides the module's
        string(REGEX MATCHALL "\"[^\"]+\"" named "${line}")
        list(TRANSFORM named REPLACE "\"" "")
        list(TRANSFORM named REPLACE "^([^<].*)$" "${module}/\\1")
        if(number EQUAL 0)
          set(headers ${named})
        else()
          set(${stem}_headers ${headers} ${named})
        endif()
        continue()
      endif()
      math(EXPR number "${number} + 1")
      string(REGEX REPLACE "^name = \"([^\"]*)\".*" "\\1" name "${line}")
      if(number LESS 10)
        set(stem 0${number}_${name})
      else()
        set(stem ${number}_${name})
      endif()
      unset(${stem}_headers)
      list(APPEND stems ${stem})
    endforeach()
  endif()

  # CMake asks for a source before it makes headers; this one is never compiled
  set(no_reference ${PROJECT_BINARY_DIR}/no_reference.cpp)
  file(CONFIGURE OUTPUT ${no_reference} CONTENT "")

  foreach(kind IN ITEMS reference public hidden)
    set(${kind} "")
  endforeach()
  foreach(stem IN LISTS stems)
    if(DEFINED ${stem}_headers)
      set(own ${solutions}/${stem}.cpp)
      if(NOT EXISTS ${own})
        set(own ${no_reference})
      endif()
      gradbook_objects(${directory}_${stem}_reference SOURCES ${own} HEADERS ${${stem}_headers}
                       LIBRARIES ${as_kernels})
    endif()
    foreach(pair IN ITEMS "reference|${solutions}/${stem}.cpp" "public|${tests}/${stem}_test.cpp"
                          "hidden|${tests}/hidden/${stem}_cases.cpp")
      string(REPLACE "|" ";" pair "${pair}")
      list(GET pair 0 kind)
      list(GET pair 1 source)
      if(EXISTS ${source} AND NOT (kind STREQUAL "reference" AND DEFINED ${stem}_headers))
        list(APPEND ${kind} ${source})
      endif()
    endforeach()
  endforeach()

  # The headers that students' files see are precompiled once a module and included by force, so that nothing that a
  # file defines before its #include can change them
  if(stems)
    if(NOT reference)
      set(reference ${no_reference})
    endif()
    gradbook_objects(${directory}_reference SOURCES ${reference} HEADERS ${headers} LIBRARIES ${as_kernels})
    gradbook_objects(${directory}_public SOURCES ${public} REUSE gradbook_public_support LIBRARIES ${beside_kernels})
    gradbook_objects(${directory}_worker SOURCES ${hidden} REUSE gradbook_worker_support LIBRARIES ${beside_kernels})
    gradbook_objects(${directory}_judge SOURCES ${hidden} REUSE gradbook_judge_support DEFINITIONS GRADBOOK_JUDGE
                     LIBRARIES ${beside_kernels})
  endif()
  gradbook_objects(${directory}_main SOURCES ${main} LIBRARIES ${beside_kernels})

  # What the program has to know of it
  list(TRANSFORM given REPLACE "^${PROJECT_SOURCE_DIR}/(.*)$" "\"\\1\"")
  list(JOIN given ", " given)
  set_property(GLOBAL APPEND PROPERTY GRADBOOK_RECIPES "\"${directory}\": [${given}]")
endfunction()
