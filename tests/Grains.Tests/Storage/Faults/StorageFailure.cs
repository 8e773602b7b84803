namespace MmoOrleans.Grains.Tests.Storage.Faults;

/// <summary>The storage failed because a test wanted it to.</summary>
[GenerateSerializer, Alias("mmo.tests.StorageFailure")]
public sealed class StorageFailure(string message) : Exception(message);
