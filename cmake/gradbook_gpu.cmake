# What hidden cases of kernels need to run on a GPU, besides what they need to run on the emulator: nothing where there is
# no nvcc or no GPU. Files with kernels, and what a student may have written, are compiled by nvcc, everything around
# them by our compiler with GRADBOOK_GPU defined. It is all built on demand.
# Of a module 09_cuda they are
#   gpu/09_cuda/*.cpp.o  its references, by nvcc
#   09_cuda_gpu_given    its given code
#   09_cuda_gpu_worker   its hidden cases
#   09_cuda_gpu_main     what makes other modules' programs compute with it

get_property(modules GLOBAL PROPERTY GRADBOOK_KERNEL_MODULES)
set(gpu_here ${gradbook_gpu_status})
if(GRADBOOK_GPU)
  set(gpu_here "a GPU is there")
endif()
if(NOT COMMAND gradbook_gpu_objects OR NOT gradbook_nvcc_version OR NOT gpu_here STREQUAL "a GPU is there"
   OR GRADBOOK_BOOK_FLAGS MATCHES "-fsanitize" OR NOT modules)
  return()
endif()

# The headers of CUDA lie beside nvcc, or where the compiler looks anyway
file(REAL_PATH ${GRADBOOK_NVCC} nvcc)
cmake_path(GET nvcc PARENT_PATH cuda)
cmake_path(GET cuda PARENT_PATH cuda)
add_library(gradbook_on_gpu INTERFACE)
target_include_directories(gradbook_on_gpu INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/tools)
if(EXISTS ${cuda}/include/cuda_runtime.h)
  target_include_directories(gradbook_on_gpu SYSTEM INTERFACE ${cuda}/include)
endif()

set(defined ${GRADBOOK_BOOK_FLAGS})
list(FILTER defined INCLUDE REGEX "^-D")
set(includes ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/modules)
set(folder ${PROJECT_BINARY_DIR}/gpu)

gradbook_objects(gradbook_gpu_support DEFINITIONS GRADBOOK_GPU LIBRARIES gradbook_on_gpu
                 SOURCES ${PROJECT_SOURCE_DIR}/tools/grading/worker/worker_main.cpp)
gradbook_gpu_objects(by_nvcc FOLDER ${folder} SOURCES ${PROJECT_SOURCE_DIR}/kernels/gpu/stub.cpp INCLUDES ${includes})
foreach(module IN LISTS modules)
  string(REPLACE "\"" "" module ${module})
  file(GLOB given ${PROJECT_SOURCE_DIR}/modules/${module}/*.cpp)
  file(GLOB main ${PROJECT_SOURCE_DIR}/modules/${module}/main.cpp ${PROJECT_SOURCE_DIR}/modules/${module}/main_*.cpp)
  list(REMOVE_ITEM given ${main})
  file(GLOB references ${PROJECT_SOURCE_DIR}/solutions/${module}/*.cpp)
  file(GLOB cases ${PROJECT_SOURCE_DIR}/tests/${module}/hidden/*_cases.cpp)
  gradbook_objects(${module}_gpu_given SOURCES ${given} DEFINITIONS GRADBOOK_GPU LIBRARIES gradbook_on_gpu)
  file(GLOB main ${PROJECT_SOURCE_DIR}/modules/${module}/main_device.cpp)
  gradbook_objects(${module}_gpu_main SOURCES ${main} DEFINITIONS GRADBOOK_GPU LIBRARIES gradbook_on_gpu)
  gradbook_objects(${module}_gpu_worker SOURCES ${cases} DEFINITIONS GRADBOOK_GPU LIBRARIES gradbook_on_gpu)
  gradbook_gpu_objects(objects FOLDER ${folder}/${module} SOURCES ${references} INCLUDES ${includes} FLAGS ${defined})
  list(APPEND by_nvcc ${objects})
endforeach()
add_custom_target(gradbook_gpu DEPENDS ${by_nvcc})

set(compile ${GRADBOOK_NVCC_FLAGS} ${defined})
foreach(include IN LISTS includes)
  list(APPEND compile -I ${include})
endforeach()
foreach(flags IN ITEMS compile GRADBOOK_NVCC_LINK_FLAGS)
  list(TRANSFORM ${flags} REPLACE "(.+)" "\"\\1\"" OUTPUT_VARIABLE ${flags}_text)
  list(JOIN ${flags}_text ", " ${flags}_text)
endforeach()
set(GRADBOOK_GPU_RECIPE
    "\"nvcc\": \"${GRADBOOK_NVCC}\", \"flags\": [${compile_text}], \"link_flags\": [${GRADBOOK_NVCC_LINK_FLAGS_text}]")
