# Compiles kernels by nvcc where there is one: cubins, and a table of what they need. It is found, never installed.

find_program(GRADBOOK_NVCC nvcc HINTS ENV CUDA_PATH ENV CUDA_HOME PATHS /usr/local/cuda /opt/cuda PATH_SUFFIXES bin)
set(GRADBOOK_NVCC_FOLDER ${CMAKE_CURRENT_LIST_DIR})

# Sets gradbook_nvcc_version ("" without an nvcc of at least 12), gradbook_nvcc_targets ("sm_80;…") and
# gradbook_nvcc_status, a sentence on how kernels are run and compiled here
function(gradbook_look_for_nvcc)
  set(version "")
  set(targets "")
  set(found "no nvcc")
  if(EXISTS "${GRADBOOK_NVCC}")
    execute_process(COMMAND ${GRADBOOK_NVCC} --version OUTPUT_VARIABLE said ERROR_QUIET)
    if(said MATCHES "release ([0-9]+\\.[0-9]+)")
      set(version ${CMAKE_MATCH_1})
    endif()
    if(version VERSION_LESS 12)
      set(found "no nvcc of version 12 or later (${GRADBOOK_NVCC} is \"${version}\")")
      set(version "")
    endif()
  endif()
  if(version)
    # It lists sm_90, which has the additions of sm_90a as well
    execute_process(COMMAND ${GRADBOOK_NVCC} --list-gpu-code OUTPUT_VARIABLE supported ERROR_QUIET)
    foreach(target sm_80 sm_90a sm_100)
      string(REGEX REPLACE "a$" "" listed ${target})
      if(supported MATCHES "(^|\n)${listed}(\n|$)")
        list(APPEND targets ${target})
      endif()
    endforeach()
    list(JOIN targets " " shown)
    set(found "compiled by nvcc ${version} for ${shown}")
  endif()
  # A table is of what was compiled, whether a GPU is there or not
  file(GLOB gpus /dev/nvidia[0-9]*)
  set(run "no GPU")
  if(gpus)
    set(run "a GPU is there")
  endif()
  set(gradbook_nvcc_version "${version}" PARENT_SCOPE)
  set(gradbook_nvcc_targets "${targets}" PARENT_SCOPE)
  set(gradbook_gpu_status "${run}" PARENT_SCOPE)
  set(gradbook_nvcc_status "emulated, ${found}, ${run}" PARENT_SCOPE)
endfunction()

gradbook_look_for_nvcc()
set(gradbook_gpu_status "${gradbook_gpu_status}" CACHE INTERNAL "whether kernels could run on a GPU here")
message(STATUS "kernels: ${gradbook_nvcc_status}")

# Makes the target NAME, which compiles each kernel file for each GPU: cubins in nvcc/NAME of the build folder, and
# nvcc/NAME/table.txt, which says of each kernel what it needs, or that there is no nvcc
function(gradbook_cubins name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;INCLUDES")
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/nvcc/${name})
  file(MAKE_DIRECTORY ${folder})
  set(includes ${arg_INCLUDES})
  list(TRANSFORM includes PREPEND -I)
  set(logs "")
  foreach(source IN LISTS arg_SOURCES)
    cmake_path(ABSOLUTE_PATH source NORMALIZE)
    cmake_path(GET source FILENAME file)
    foreach(target IN LISTS gradbook_nvcc_targets)
      set(stem ${folder}/${file}.${target})
      add_custom_command(
        OUTPUT ${stem}.txt ${stem}.cubin
        COMMAND ${CMAKE_COMMAND} -D log=${stem}.txt -P ${GRADBOOK_NVCC_FOLDER}/nvcc_compile.cmake -- ${GRADBOOK_NVCC}
                -x cu -std=c++20 -arch=${target} -cubin --resource-usage ${includes} -MD -MF ${stem}.d -MT ${stem}.txt
                -o ${stem}.cubin ${source}
        DEPENDS ${source} ${GRADBOOK_NVCC_FOLDER}/nvcc_compile.cmake
        DEPFILE ${stem}.d
        COMMENT "Compiling ${file} for ${target}"
        VERBATIM)
      list(APPEND logs ${stem}.txt)
    endforeach()
  endforeach()
  add_custom_command(
    OUTPUT ${folder}/table.txt
    COMMAND ${CMAKE_COMMAND} -D table=${folder}/table.txt -D status=${gradbook_nvcc_status} -P
            ${GRADBOOK_NVCC_FOLDER}/nvcc_table.cmake -- ${logs}
    DEPENDS ${logs} ${GRADBOOK_NVCC_FOLDER}/nvcc_table.cmake
    VERBATIM)
  add_custom_target(${name} DEPENDS ${folder}/table.txt)
endfunction()

# Compiles files with kernels for the GPU of this machine, or where there is none for each that nvcc knows, and leaves
# their objects in the variable RESULT. Kernels of one file may be launched by another: who links them links by
# ${GRADBOOK_NVCC} ${GRADBOOK_NVCC_LINK_FLAGS}. Without an nvcc there are none.
set(GRADBOOK_GPU "" CACHE STRING "Make what would run on a GPU for this one, such as sm_80, though there is none")
set(GRADBOOK_NVCC_TARGET_FLAGS "")
if(GRADBOOK_GPU)
  set(GRADBOOK_NVCC_TARGET_FLAGS -arch=${GRADBOOK_GPU})
elseif(gradbook_gpu_status STREQUAL "no GPU")
  foreach(target IN LISTS gradbook_nvcc_targets)
    string(REPLACE sm_ compute_ compute ${target})
    list(APPEND GRADBOOK_NVCC_TARGET_FLAGS -gencode=arch=${compute},code=${target})
  endforeach()
elseif(gradbook_nvcc_version)
  set(GRADBOOK_NVCC_TARGET_FLAGS -arch=native)
endif()
set(GRADBOOK_NVCC_FLAGS -x cu -std=c++20 -O3 ${GRADBOOK_NVCC_TARGET_FLAGS} -dc)
set(GRADBOOK_NVCC_LINK_FLAGS ${GRADBOOK_NVCC_TARGET_FLAGS})

function(gradbook_gpu_objects result)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER" "SOURCES;INCLUDES;FLAGS")
  set(objects "")
  if(gradbook_nvcc_version)
    file(MAKE_DIRECTORY ${arg_FOLDER})
    set(includes ${arg_INCLUDES})
    list(TRANSFORM includes PREPEND -I)
    foreach(source IN LISTS arg_SOURCES)
      cmake_path(ABSOLUTE_PATH source NORMALIZE)
      cmake_path(GET source FILENAME file)
      set(object ${arg_FOLDER}/${file}.o)
      add_custom_command(
        OUTPUT ${object}
        COMMAND ${GRADBOOK_NVCC} ${GRADBOOK_NVCC_FLAGS} ${arg_FLAGS} ${includes} -MD -MF ${object}.d -MT ${object} -o
                ${object} ${source}
        DEPENDS ${source}
        DEPFILE ${object}.d
        COMMENT "Compiling ${file} for a GPU"
        VERBATIM)
      list(APPEND objects ${object})
    endforeach()
  endif()
  set(${result} ${objects} PARENT_SCOPE)
endfunction()
