// Orleans brings a type of the same name into every file.
global using ErrorCode = MmoOrleans.Protocol.ErrorCode;
