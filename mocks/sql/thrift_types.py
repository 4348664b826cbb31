"""The structs of HiveServer2's TCLIService with the fields that Databricks adds, as far as drivers use them here.

Names and numbers are those of the Hive IDL (service-rpc/if/TCLIService.thrift, Apache-2.0) and, from 1281 on, of the
IDL behind databricks-sql-connector (Apache-2.0).
"""

import re

Kind = str | tuple["Kind", ...]

_HANDLE = "1:sessionHandle:TSessionHandle"
_ASYNC = "1281:getDirectResults:TSparkGetDirectResults 1282:runAsync:bool"
_STARTED = "1:status:TStatus 2:operationHandle:TOperationHandle 1281:directResults:TSparkDirectResults"
_IDL = f"""
TStatus 1:statusCode:i32 2:infoMessages:list<string> 3:sqlState:string 4:errorCode:i32 5:errorMessage:string
    6:displayMessage:string
THandleIdentifier 1:guid:binary 2:secret:binary
TSessionHandle 1:sessionId:THandleIdentifier 3329:serverProtocolVersion:i32
TOperationHandle 1:operationId:THandleIdentifier 2:operationType:i32 3:hasResultSet:bool 4:modifiedRowCount:double
TNamespace 1:catalogName:string 2:schemaName:string
TOpenSessionReq 1:client_protocol:i32 4:configuration:map<string,string> 1282:client_protocol_i64:i64
    1284:initialNamespace:TNamespace 1285:canUseMultipleCatalogs:bool
TOpenSessionResp 1:status:TStatus 2:serverProtocolVersion:i32 3:sessionHandle:TSessionHandle
    4:configuration:map<string,string> 1284:initialNamespace:TNamespace 1285:canUseMultipleCatalogs:bool
TCloseSessionReq {_HANDLE}
TCloseSessionResp 1:status:TStatus
TGetInfoReq {_HANDLE} 2:infoType:i32
TGetInfoResp 1:status:TStatus 2:infoValue:TGetInfoValue
TGetInfoValue 1:stringValue:string 2:smallIntValue:i16 3:integerBitmask:i32 4:integerFlag:i32 6:lenValue:i64
TSparkGetDirectResults 1:maxRows:i64 2:maxBytes:i64
TSparkArrowTypes 1:timestampAsArrow:bool 2:decimalAsArrow:bool 3:complexTypesAsArrow:bool 4:intervalTypesAsArrow:bool
    5:nullTypeAsArrow:bool
TSparkParameter 1:ordinal:i32 2:name:string 3:type:string 4:value:TSparkParameterValue
    5:arguments:list<TSparkParameterValueArg>
TSparkParameterValue 1:stringValue:string 2:doubleValue:double 3:booleanValue:bool
TSparkParameterValueArg 1:type:string 2:value:string 3:arguments:list<TSparkParameterValueArg>
TExecuteStatementReq {_HANDLE} 2:statement:string 3:confOverlay:map<string,string> 4:runAsync:bool 5:queryTimeout:i64
    1281:getDirectResults:TSparkGetDirectResults 1282:canReadArrowResult:bool 1284:canDecompressLZ4Result:bool
    1286:useArrowNativeTypes:TSparkArrowTypes 1287:resultRowLimit:i64 1288:parameters:list<TSparkParameter>
TExecuteStatementResp {_STARTED}
TGetCatalogsReq {_HANDLE} {_ASYNC}
TGetCatalogsResp {_STARTED}
TGetSchemasReq {_HANDLE} 2:catalogName:string 3:schemaName:string {_ASYNC}
TGetSchemasResp {_STARTED}
TGetTablesReq {_HANDLE} 2:catalogName:string 3:schemaName:string 4:tableName:string 5:tableTypes:list<string> {_ASYNC}
TGetTablesResp {_STARTED}
TGetTableTypesReq {_HANDLE} {_ASYNC}
TGetTableTypesResp {_STARTED}
TGetColumnsReq {_HANDLE} 2:catalogName:string 3:schemaName:string 4:tableName:string 5:columnName:string {_ASYNC}
TGetColumnsResp {_STARTED}
TGetFunctionsReq {_HANDLE} 2:catalogName:string 3:schemaName:string 4:functionName:string {_ASYNC}
TGetFunctionsResp {_STARTED}
TSparkDirectResults 1:operationStatus:TGetOperationStatusResp 2:resultSetMetadata:TGetResultSetMetadataResp
    3:resultSet:TFetchResultsResp 4:closeOperation:TCloseOperationResp
TGetOperationStatusReq 1:operationHandle:TOperationHandle 2:getProgressUpdate:bool
TGetOperationStatusResp 1:status:TStatus 2:operationState:i32 3:sqlState:string 4:errorCode:i32 5:errorMessage:string
    9:hasResultSet:bool 11:numModifiedRows:i64 1281:displayMessage:string 1282:diagnosticInfo:string
TGetResultSetMetadataReq 1:operationHandle:TOperationHandle
TGetResultSetMetadataResp 1:status:TStatus 2:schema:TTableSchema 1281:resultFormat:i32 1282:lz4Compressed:bool
    1283:arrowSchema:binary 1287:isStagingOperation:bool
TTableSchema 1:columns:list<TColumnDesc>
TColumnDesc 1:columnName:string 2:typeDesc:TTypeDesc 3:position:i32 4:comment:string
TTypeDesc 1:types:list<TTypeEntry>
TTypeEntry 1:primitiveEntry:TPrimitiveTypeEntry
TPrimitiveTypeEntry 1:type:i32 2:typeQualifiers:TTypeQualifiers
TTypeQualifiers 1:qualifiers:map<string,TTypeQualifierValue>
TTypeQualifierValue 1:i32Value:i32 2:stringValue:string
TFetchResultsReq 1:operationHandle:TOperationHandle 2:orientation:i32 3:maxRows:i64 1281:maxBytes:i64
    1282:startRowOffset:i64 1283:includeResultSetMetadata:bool
TFetchResultsResp 1:status:TStatus 2:hasMoreRows:bool 3:results:TRowSet 1281:resultSetMetadata:TGetResultSetMetadataResp
TRowSet 1:startRowOffset:i64 2:rows:list<TRow> 3:columns:list<TColumn> 1281:arrowBatches:list<TSparkArrowBatch>
TRow 1:colVals:list<i32>
TColumn 1:boolVal:TBoolColumn 2:byteVal:TByteColumn 3:i16Val:TI16Column 4:i32Val:TI32Column 5:i64Val:TI64Column
    6:doubleVal:TDoubleColumn 7:stringVal:TStringColumn 8:binaryVal:TBinaryColumn
TBoolColumn 1:values:list<bool> 2:nulls:binary
TByteColumn 1:values:list<byte> 2:nulls:binary
TI16Column 1:values:list<i16> 2:nulls:binary
TI32Column 1:values:list<i32> 2:nulls:binary
TI64Column 1:values:list<i64> 2:nulls:binary
TDoubleColumn 1:values:list<double> 2:nulls:binary
TStringColumn 1:values:list<string> 2:nulls:binary
TBinaryColumn 1:values:list<binary> 2:nulls:binary
TSparkArrowBatch 1:batch:binary 2:rowCount:i64
TCancelOperationReq 1:operationHandle:TOperationHandle
TCancelOperationResp 1:status:TStatus
TCloseOperationReq 1:operationHandle:TOperationHandle
TCloseOperationResp 1:status:TStatus
"""


def _kind(text: str) -> Kind:
    nested = re.fullmatch(r"(list|map)<(.*)>", text)
    return (nested[1], *(_kind(part) for part in nested[2].split(","))) if nested else text


def _fields(text: str) -> dict[int, tuple[str, Kind]]:
    parts = (field.split(":") for field in text.split())
    return {int(number): (name, _kind(kind)) for number, name, kind in parts}


STRUCTS: dict[str, dict[int, tuple[str, Kind]]] = {
    head: _fields(rest) for head, _, rest in (line.partition(" ") for line in re.split(r"\n(?=T)", _IDL.strip()))
}
