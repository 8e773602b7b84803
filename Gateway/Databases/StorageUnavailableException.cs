namespace MmoOrleans.Gateway.Databases;

/// <summary>
/// The start cannot go on because its storage is missing, out of reach, not writable, damaged or of a newer program. The message
/// is a sentence for the operator that names the setting; the host prints it and ends with exit code 4.
/// </summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
