namespace MmoOrleans.Gateway.Databases;

/// <summary>A database server that several hosts share, as a starting host meets it.</summary>
public interface ISharedDatabase
{
    /// <summary>What and where it is: "PostgreSQL at db1:5432". Nothing else of the connection string.</summary>
    string Name { get; }

    /// <summary>One round trip, as the user that was configured. Throws what its client throws.</summary>
    Task Reach(CancellationToken cancellation);

    /// <summary>What a failure of its client means to an operator; null: it is not one of its failures.</summary>
    DatabaseTrouble? Explain(Exception failure);
}
